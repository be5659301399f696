using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Tutor.Inference.Adapters;
using Tutor.Inference.Engine;
using Tutor.Inference.Schemas;
using Tutor.Inference.Sampling;

namespace Tutor.ModelHost.Errors;

/// <summary>Answers whatever goes wrong with the body an OpenAI client expects.</summary>
internal static partial class ApiErrors
{
    public static void UseApiErrors(this WebApplication app) => app.Use(async (http, next) =>
    {
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.StatusCode is 404 or 405)
                await WriteAsync(http.Response, http.Response.StatusCode == 405
                    ? new(405, "invalid_request_error", $"{http.Request.Method} is not allowed on {http.Request.Path}.", null, "method_not_supported")
                    : new(404, "invalid_request_error", $"There is nothing at {http.Request.Method} {http.Request.GetEncodedPathAndQuery()}.", null, "unknown_url"));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            var answer = From(error);
            if (answer.Status >= 500 && error is not ApiException) LogFailed(app.Logger, http.Request.Path, error);
            http.Response.Clear();
            await WriteAsync(http.Response, answer);
        }
    });

    /// <returns>The error as a caller should read it; what is not the caller's fault says no more than that.</returns>
    public static ApiException From(Exception error) => error switch
    {
        ApiException known => known,
        ContextOverflowException overflow => ApiException.Invalid(
            $"This model's maximum context length is {overflow.Limit} tokens. However, your messages resulted in {overflow.Tokens} tokens. Please reduce the length of the messages.",
            "messages", "context_length_exceeded"),
        UnknownAdapterException unknown => ApiException.UnknownModel(unknown.Name),
        UnsupportedSchemaException schema => ApiException.Invalid(schema.Message, "response_format", "unsupported_schema"),
        GrammarException grammar => ApiException.Invalid(grammar.Message, "grammar", "invalid_grammar"),
        ArgumentException argument => ApiException.Invalid(argument.Message, "messages"),
        BadHttpRequestException { StatusCode: 413 } => new(413, "invalid_request_error", "The request is larger than this server reads (Server:MaxBodyBytes).", null, "request_too_large"),
        // A string or a name with half a character in it cannot be read.
        InvalidOperationException { Source: { } source } when source.StartsWith("System.Text.Json", StringComparison.Ordinal) => ApiException.Invalid("The request holds half a character: a surrogate without its other half.", null, "invalid_json"),
        BadHttpRequestException bad => new(bad.StatusCode, "invalid_request_error", bad.Message),
        EngineFailedException failed => new(500, "server_error", failed.Message, null, "engine_failed"),
        _ => new(500, "server_error", "The server had an error while it processed the request. Its log says more.", null, "internal_error"),
    };

    /// <summary>Writes <c>{"error":{…}}</c>.</summary>
    public static void Write(Utf8JsonWriter json, ApiException error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", error.Type);
        json.WriteString("param", error.Parameter);
        json.WriteString("code", error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static async Task WriteAsync(HttpResponse response, ApiException error)
    {
        response.StatusCode = error.Status;
        response.ContentType = "application/json; charset=utf-8";
        if (error.RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString();
        if (error.Status == 401) response.Headers.WWWAuthenticate = "Bearer";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        Write(json, error);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to {Path} failed")]
    private static partial void LogFailed(ILogger log, string path, Exception error);
}
