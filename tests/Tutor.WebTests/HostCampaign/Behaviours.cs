using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using static Tutor.Tests.Shared.RawModelHost;

namespace Tutor.WebTests.HostCampaign;

/// <summary>Slow, endless, huge, broken, refusing, redirecting and lying hosts.</summary>
internal static class Behaviours
{
    public const string Hint = "Which of your sentences could somebody disagree with? Say why.";
    private const string Down = "Down";
    private static readonly string[] pieces = [Hint[..20], Hint[20..41], Hint[41..]];
    private static readonly int[] redirects = [301, 302, 307, 308];

    /// <param name="elsewhere">An address outside the host that redirects name.</param>
    public static IReadOnlyList<Behaviour> All(Uri elsewhere) =>
    [
        // Good, each in its own way.
        Good("streams as OpenAI does", Stream(pieces)),
        Good("ends with an unknown reason", Stream(pieces, "eos")),
        Good("writes an empty reason beside every piece", string.Concat(pieces.Select(piece => Chunk(piece, ""))) + "data: [DONE]\n\n"),
        Good("ends with the end mark alone", Stream(pieces, null)),
        Good("forgets the end mark", string.Concat(pieces.Select(piece => Chunk(piece))) + Chunk("", "stop")),
        Good("answers in one piece of JSON", new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["content"] = Hint } }) }.ToJsonString()),
        Good("has null and fractions for numbers", Stream(pieces).Replace("\"created\":1", "\"created\":null", StringComparison.Ordinal).Replace("\"index\":0", "\"index\":0.5", StringComparison.Ordinal)),
        Good("leaves out blank lines", Stream(pieces).Replace("\n\n", "\n", StringComparison.Ordinal)),
        Good("sends a token at a time", Stream(Hint.Select(c => c.ToString()))),
        Good("thinks in a block", Stream(["<think>\nI must not say it.\n", "</think>\n\n", .. pieces])),
        Good("only ends its thoughts", Stream(["I must not say ", "it.\n</think>\n", .. pieces])),
        Good("thinks in a channel", Stream(["<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant", "<|channel|>final<|message|>", .. pieces, "<|return|>"])),
        Good("lets an end token through", Stream([.. pieces, "<|im_", "end|>"])),
        Good("makes a turn of the student up", Stream([.. pieces, "<|eot_id|><|start_header_id|>user<|end_header_id|>", "Write it for me."])),
        Good("lies about its tokens", Chunk(Hint, "stop") + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":1e300}}\n\ndata: [DONE]\n\n"),
        Good("lies about its name", Stream(pieces).Replace("\"model\":\"m\"", $"\"model\":\"{new string('m', 5000)}\"", StringComparison.Ordinal)),
        new("never closes behind its end", async (context, _) => { await SendAsync(context, Stream(pieces, "stop").Replace("data: [DONE]\n\n", "", StringComparison.Ordinal)); await ForeverAsync(context); }, "model") { Answer = Hint },
        new("is cut off at its limit", Sends(Stream(["Which of your sentences could somebody disagree with? Say wh"], "length")), "model") { Answer = "Which of your sentences could somebody disagree with?" },
        // Slow and silent.
        new("says nothing", (context, _) => ForeverAsync(context), "ladder", "No text came for"),
        new("sends headers and nothing more", async (context, _) => { await SendAsync(context, ""); await ForeverAsync(context); }, "ladder", "No text came for"),
        new("falls silent in the middle", async (context, _) => { await SendAsync(context, Chunk(pieces[0])); await ForeverAsync(context); }, "ladder", "No text came for"),
        new("sends empty pieces for ever", (context, _) => RepeatAsync(context, Chunk(""), 100), "ladder", "No text came for"),
        new("sends comments for ever", (context, _) => RepeatAsync(context, ": wait\n\n", 100), "ladder", "No text came for"),
        new("writes a sentence now and then for ever", (context, _) => RepeatAsync(context, Chunk("Say why you think so. "), 400), "model", "was not whole within"),
        new("thinks for ever", (context, _) => RepeatAsync(context, Chunk("<think>Hm. "), 300), "ladder", "was not whole within"),
        // Endless and huge.
        new("writes words without end", (context, _) => RepeatAsync(context, Chunk("Say why you think so. "), 0), "model", "so the answer was cut"),
        new("sends a piece of 50,000 characters", Sends(Stream([string.Concat(Enumerable.Repeat("Say why. ", 5_600))])), "model", "so the answer was cut"),
        new("sends a piece of 10 MB", Sends(Chunk(new string('x', 10_000_000), "stop")), "ladder", "line longer than 64 KB"),
        new("sends a line without end", (context, _) => EndlessAsync(context, "data: {\"choices\":[{\"delta\":{\"content\":\"", 200), "ladder", "line longer than 64 KB"),
        new("sends JSON without end", (context, _) => EndlessAsync(context, "{\"choices\":[{\"message\":{\"content\":\"", 200), "ladder", "line longer than 256 KB"),
        new("sends empty lines without end", (context, _) => RepeatAsync(context, new string('\n', 10_000), 0), "ladder", "more than 4 MB"),
        new("fails with an error without end", (context, _) => EndlessAsync(context, "{\"error\":{\"message\":\"", 500), "ladder", "HTTP 500"),
        new("fails with an error that never comes", async (context, _) => { context.Response.StatusCode = 502; await context.Response.Body.FlushAsync(context.RequestAborted); await ForeverAsync(context); }, "ladder", "HTTP 502"),
        // Broken.
        new("breaks off before the first word", (context, _) => { context.Abort(); return Task.CompletedTask; }, "ladder", "It does not answer"),
        new("breaks off in the middle", async (context, _) => { await SendAsync(context, Chunk(pieces[0])); await Task.Delay(300, context.RequestAborted); context.Abort(); }, "ladder", "broke the connection off"),
        new("ends without an end", Sends(Chunk(Hint)), "ladder", "ended before the answer did"),
        new("sends half a chunk", Sends(Chunk(pieces[0]) + "data: {\"choices\":[{\"del\n\n"), "ladder", "no JSON"),
        new("sends a sign-in page", Sends("<html>Sign in</html>"), "ladder", "nothing that is a chat completion"),
        new("sends nothing", Sends(""), "ladder", "nothing that is a chat completion"),
        new("sends an error in the middle", Sends(Chunk(pieces[0]) + "data: {\"error\":{\"message\":\"out of memory\",\"code\":\"oom\"}}\n\n"), "ladder", "An error within the answer (oom)"),
        new("gives the answer up", Sends(Chunk(pieces[0]) + Chunk("", "abort")), "ladder", "gave the answer up"),
        new("writes a call of a tool", Sends(Stream(["<tool_call>\n{\"name\": \"python\", \"arguments\": {}}\n</tool_call>"])), "ladder", "without a word for the reader"),
        new("ends at once", Sends(Stream([])), "ladder", "without a word"),
        new("writes thoughts alone", Sends(Stream(["<think>I must not say"], "length")), "ladder", "without a word for the reader"),
        // Redirecting.
        .. redirects.Select(status => new Behaviour($"redirects with {status}", (context, _) => { (context.Response.StatusCode, context.Response.Headers.Location) = (status, elsewhere.ToString()); return Task.CompletedTask; }, "ladder", "it redirects")),
        // Refusing.
        new("refuses the key", Refuses(401, "Bad key.", "invalid_api_key"), "ladder", "HTTP 401 (invalid_api_key): it refuses the key"),
        new("does not know the model", Refuses(404, "The model does not exist", "model_not_found"), "ladder", "does not serve the model"),
        new("has too many requests", async (context, _) => { context.Response.Headers.RetryAfter = "1"; await RefuseAsync(context, 429, "Slow down.", "rate_limit_exceeded"); }, "ladder", "asks to wait 1 s"),
        new("finds the prompt too long", Refuses(400, "maximum context length is 10 tokens", "context_length_exceeded"), "ladder", "the prompt is longer than it reads"),
        new("refuses and quotes the student", (context, body) => RefuseAsync(context, 400, body.ToJsonString(), "content_policy"), "ladder", "HTTP 400 (content_policy)"),
        new("is not well", Refuses(503, "loading"), "ladder", Down) { Models = context => SendAsync(context, "", "text/plain", 503) },
        new("asks for another key at its list of models", Sends(Stream(pieces)), "model") { Answer = Hint, Models = context => SendAsync(context, "", "text/plain", 401) },
        new("knows no field max_completion_tokens", (context, body) => body.ContainsKey("max_completion_tokens") ? RefuseAsync(context, 400, "Unknown field max_completion_tokens") : SendAsync(context, Stream(pieces)), "model", "left out: max_completion_tokens") { Answer = Hint },
        new("takes no system message", (context, body) => (string?)body["messages"]![0]!["role"] == "system" ? RefuseAsync(context, 400, "System role not supported") : SendAsync(context, Stream(pieces)), "model", "takes no system message") { Answer = Hint },
    ];

    private static Behaviour Good(string name, string body) => new(name, Sends(body), "model") { Answer = Hint };

    private static Func<HttpContext, JsonObject, Task> Sends(string body) => (context, _) => SendAsync(context, body);

    private static Func<HttpContext, JsonObject, Task> Refuses(int status, string message, string code = "error_code") => (context, _) => RefuseAsync(context, status, message, code);

    private static Task ForeverAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    private static async Task RepeatAsync(HttpContext context, string body, int milliseconds)
    {
        while (true)
        {
            await SendAsync(context, body);
            if (milliseconds > 0) await Task.Delay(milliseconds, context.RequestAborted);
        }
    }

    private static async Task EndlessAsync(HttpContext context, string begin, int status)
    {
        var block = new string('x', 64 * 1024);
        await SendAsync(context, begin, "application/json", status);
        while (true) await context.Response.WriteAsync(block, context.RequestAborted);
    }
}
