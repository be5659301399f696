using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tutor.Core;

namespace Tutor.Inference.Hosts.Wire;

/// <summary>Reads what a host says when it refuses, whatever server it is.</summary>
internal static partial class Refusal
{
    // Some servers quote the request first and say what is wrong with it behind it.
    private const int MostBytes = 32 * 1024;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan longestWait = TimeSpan.FromMinutes(5);

    /// <summary>Reads a little of the body, for a little while: an endless one costs nothing.</summary>
    /// <param name="prompt">A code that is a word of it is the prompt's, not the host's.</param>
    public static async Task<HostRefusedException> ReadAsync(HttpResponseMessage response, string prompt, TimeProvider time, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var wait = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;
        var body = await BeginningAsync(response.Content, time, cancel);
        return Of(status, Parse(body), body, prompt, wait is { } asked && asked > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Min(asked.Ticks, longestWait.Ticks)) : null);
    }

    /// <summary>An error that came inside a stream.</summary>
    public static HostRefusedException Of(int status, JsonElement root) => Of(status, root, "", "", null);

    private static HostRefusedException Of(int status, JsonElement root, string body, string prompt, TimeSpan? wait)
    {
        var error = Get(root, "error") is { ValueKind: JsonValueKind.Object } inner ? inner : root;
        var code = new[] { Get(error, "code"), Get(error, "type") }.Select(JsonText.Of)
            .FirstOrDefault(text => Code().IsMatch(text) && !prompt.Contains(text, StringComparison.OrdinalIgnoreCase));
        var message = Message(root, error) is { Length: > 0 } said ? said : body;
        var place = $"{JsonText.Of(Get(error, "param"))} {Get(root, "detail")}";
        var field = ChatFields.FirstIn(place) ?? ChatFields.FirstIn(message);
        var kind = ChatFields.FirstIn(JsonText.Of(Get(error, "param"))) is not null ? RefusalKind.Field
            : TooLong().IsMatch($"{code} {message}") || status == 413 ? RefusalKind.TooLong
            : SystemRole().IsMatch(message) ? RefusalKind.SystemRole
            // A server that fails may quote the request, and every field of it.
            : field is not null && status is 400 or 422 ? RefusalKind.Field
            : status == 404 && message.Contains("model", StringComparison.OrdinalIgnoreCase) ? RefusalKind.Model
            : RefusalKind.Other;
        return new(status, code, kind, Words(status, code, kind, field, wait)) { Field = field, RetryAfter = wait };
    }

    private static string Words(int status, string? code, RefusalKind kind, string? field, TimeSpan? wait)
    {
        var what = $"{(status == 0 ? "An error within the answer" : $"HTTP {status}")}{(code is null ? "" : $" ({code})")}";
        return (status, kind) switch
        {
            ( >= 300 and < 400, _) => $"{what}: it redirects, and Tutor does not carry students' texts to another address. Set Url to where it really is.",
            (401 or 403, _) => $"{what}: it refuses the key. Check ApiKey.",
            (429, _) => $"{what}: it has too many requests{(wait is { } after ? $" and asks to wait {after.TotalSeconds:0} s" : "")}.",
            (_, RefusalKind.TooLong) => $"{what}: the prompt is longer than it reads.",
            (_, RefusalKind.SystemRole) => $"{what}: its model takes no system message.",
            (_, RefusalKind.Field) => $"{what}: it does not take the field {field}.",
            (_, RefusalKind.Model) => $"{what}: it does not serve the model asked for. Check Model and the course's model.",
            (404, _) => $"{what}: there is no chat API at this address. Check Url, which usually ends in /v1.",
            _ => $"{what}.",
        };
    }

    // "error" may be a text, FastAPI has "detail", a text or a list, and others "message".
    private static string Message(JsonElement root, JsonElement error) => string.Join(' ',
        new[] { Get(error, "message"), Get(root, "error"), Get(root, "message"), Get(root, "detail") }.Select(JsonText.Of)
            .Concat(Get(root, "detail") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(entry => JsonText.Of(Get(entry, "msg"))) : [])
            .Where(text => text.Length > 0));

    private static async Task<string> BeginningAsync(HttpContent content, TimeProvider time, CancellationToken cancel)
    {
        using var limit = new SilenceLimit(time, cancel);
        limit.Start(patience);
        var buffer = new byte[MostBytes];
        var filled = 0;
        try
        {
            var body = await content.ReadAsStreamAsync(limit.Token);
            while (filled < buffer.Length && await body.ReadAsync(buffer.AsMemory(filled), limit.Token) is var read and > 0) filled += read;
        }
        catch (Exception error) when (error is IOException or HttpRequestException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // The status alone says enough.
        }
        return Encoding.UTF8.GetString(buffer, 0, filled);
    }

    private static JsonElement Parse(string body)
    {
        try
        {
            return JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static JsonElement Get(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]{2,63}$", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Code();

    [GeneratedRegex(@"context|too long|too large|n_ctx|maximum.{0,20}(?:length|tokens)|exceeds?.{0,30}tokens", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, RegexLimit.Milliseconds)]
    private static partial Regex TooLong();

    [GeneratedRegex(@"system.{0,20}(?:role|message|prompt|instruction)|(?:role|message|prompt|instruction)s?.{0,20}system|roles?.{0,20}alternat|only (?:the )?user and assistant|unknown role|unexpected role|unsupported role|invalid role",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, RegexLimit.Milliseconds)]
    private static partial Regex SystemRole();
}
