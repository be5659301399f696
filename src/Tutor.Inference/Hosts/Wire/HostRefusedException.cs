namespace Tutor.Inference.Hosts.Wire;

/// <summary>A host said no.</summary>
/// <remarks>
/// The message is Tutor's own words with the host's status and code. What the host wrote beside them may quote the prompt, a student's
/// text: it is looked at to find a cure and shown nowhere.
/// </remarks>
internal sealed class HostRefusedException(int status, string? code, RefusalKind kind, string words) : Exception(words)
{
    /// <summary>HTTP status; 0 for an error within a stream.</summary>
    public int Status { get; } = status;

    /// <summary>The host's own short code, where it is one.</summary>
    public string? Code { get; } = code;
    public RefusalKind Kind { get; } = kind;

    /// <summary>The field of the request that the host names in its answer; null where it names none.</summary>
    public string? Field { get; init; }

    /// <summary>How long the host asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the request, not the host, is at fault as far as the status goes.</summary>
    public bool IsAboutTheRequest => Status is 400 or 413 or 422;
}

/// <summary>What a refusal is about, as far as Tutor knows such texts.</summary>
internal enum RefusalKind
{
    Other,
    /// <summary>The model knows no system role, or wants user and assistant to take turns.</summary>
    SystemRole,
    /// <summary>A field of the request.</summary>
    Field,
    /// <summary>The prompt is longer than the model reads.</summary>
    TooLong,
    /// <summary>The model asked for is not there.</summary>
    Model,
}
