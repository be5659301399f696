namespace Tutor.Core.Interactions;

/// <summary>What came of reading an uploaded file: the work it holds, or the reason why it was not taken.</summary>
public sealed record Upload
{
    /// <summary>The file's name without any path; for display only.</summary>
    public required string FileName { get; init; }

    /// <summary>The work as text; empty where there is a problem.</summary>
    public string Text { get; init; } = "";

    /// <summary>What was left out of the file, in a sentence for the student; empty when nothing was.</summary>
    public string Notice { get; init; } = "";

    /// <summary>Why the file was not taken and what to do, for the student; null when it was.</summary>
    public string? Problem { get; init; }
}
