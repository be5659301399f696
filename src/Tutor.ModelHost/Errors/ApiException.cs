namespace Tutor.ModelHost.Errors;

/// <summary>A request that is answered by an error, in the form of OpenAI's API.</summary>
/// <param name="type">Kind of error, such as <c>invalid_request_error</c>.</param>
/// <param name="parameter">The field at fault; null where it is none.</param>
/// <param name="code">What a program may look at; null where there is nothing to tell apart.</param>
internal sealed class ApiException(int status, string type, string message, string? parameter = null, string? code = null) : Exception(message)
{
    public int Status { get; } = status;
    public string Type { get; } = type;
    public string? Parameter { get; } = parameter;
    public string? Code { get; } = code;

    /// <summary>Seconds after which to come back; null for no such hint.</summary>
    public int? RetryAfter { get; init; }

    public static ApiException Invalid(string message, string? parameter = null, string? code = null) => new(400, "invalid_request_error", message, parameter, code);

    public static ApiException UnknownModel(string model) =>
        new(404, "invalid_request_error", $"The model `{model}` does not exist here. GET /v1/models lists those that do.", "model", "model_not_found");
}
