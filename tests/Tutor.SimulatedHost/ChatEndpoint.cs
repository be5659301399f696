using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tutor.SimulatedHost;

/// <summary>The part of the OpenAI chat API that Tutor uses, streamed.</summary>
internal static class ChatEndpoint
{
    private const string Model = "simulated";

    public static void MapChat(this WebApplication app)
    {
        app.MapGet("/metrics", (SimulatedEngine engine) => Results.Text(engine.Metrics));
        app.MapPut("/faults", (Faults faults, FaultOrder order) => { faults.Now = order; });
        app.MapGet("/v1/models", (Faults faults) => faults.Now.Status != 200 ? Results.StatusCode(503) : Results.Json(new { data = new[] { new { id = Model, @object = "model" } } }));
        app.MapPost("/v1/chat/completions", AnswerAsync);
    }

    private static async Task AnswerAsync(HttpContext context, SimulatedEngine engine, SimulatedTiming timing, Faults faults)
    {
        var cancel = context.RequestAborted;
        var order = faults.Now;
        if (order.Status != 200)
        {
            context.Response.StatusCode = order.Status;
            return;
        }
        var body = (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, cancellationToken: cancel))!;
        var messages = body["messages"]!.AsArray().Select(message => (Role: (string)message!["role"]!, Text: TextOf(message["content"]))).ToList();
        // A last message of the assistant is an answer to go on with.
        var partial = messages[^1].Role == "assistant" ? messages[^1].Text : "";
        var prompt = string.Join('\n', messages.Where(message => message.Role != "assistant" || message != messages[^1]).Select(message => message.Text));

        context.Response.ContentType = "text/event-stream";
        using var slot = await engine.BeginAsync(messages[0].Text, prompt.Length / 4, cancel);
        var (position, sent) = (0, 0);
        foreach (var token in SimulatedText.Tokens(prompt, timing.Tokens))
        {
            position += token.Length;
            if (position <= partial.Length) continue;
            if (sent == order.BreakAfter) { context.Abort(); return; }
            if (sent == order.HangAfter) await Task.Delay(Timeout.Infinite, cancel);
            await engine.NextTokenAsync(cancel);
            // The partial may end inside a token.
            await SendAsync(context, token[^Math.Min(token.Length, position - partial.Length)..], null, cancel);
            sent++;
        }
        await SendAsync(context, "", "stop", cancel);
        await context.Response.WriteAsync(
            $"data: {JsonSerializer.Serialize(new { id = "s", @object = "chat.completion.chunk", created = 0, model = Model, choices = Array.Empty<object>(), usage = new { prompt_tokens = prompt.Length / 4, completion_tokens = sent, total_tokens = prompt.Length / 4 + sent } })}\n\ndata: [DONE]\n\n", cancel);
    }

    private static async Task SendAsync(HttpContext context, string text, string? finish, CancellationToken cancel)
    {
        var chunk = new { id = "s", @object = "chat.completion.chunk", created = 0, model = Model, choices = new[] { new { index = 0, delta = new { content = text }, finish_reason = finish } } };
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n", cancel);
        await context.Response.Body.FlushAsync(cancel);
    }

    private static string TextOf(JsonNode? content) => content switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part?["text"] ?? "")),
        null => "",
        _ => (string)content!,
    };
}
