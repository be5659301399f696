using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tutor.Tests.Shared;

/// <summary>A server with the OpenAI chat API that answers by a script: a real host as far as HTTP goes, and one whose words a test knows.</summary>
/// <remarks>Continues a last message of the assistant like vLLM with <c>continue_final_message</c>: only the rest of the scripted reply is sent.</remarks>
public sealed class ScriptedModelHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<ScriptedCall, ScriptedReply> script;
    private int calls, running, mostRunning;

    private ScriptedModelHost(Func<ScriptedCall, ScriptedReply> script)
    {
        this.script = script;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/v1/models", async () =>
        {
            if (HealthHangs) await Task.Delay(Timeout.Infinite, app.Lifetime.ApplicationStopping);
            return Healthy ? Results.Json(new { data = new[] { new { id = "scripted" } } }) : Results.StatusCode(503);
        });
        app.MapPost("/v1/chat/completions", AnswerAsync);
    }

    /// <summary>Base address of the API, for <c>ModelHosts:Hosts:0:Url</c>.</summary>
    public Uri Url { get; private set; } = null!;

    public bool Healthy { get; set; } = true;

    /// <summary>Whether a question for its health gets no answer at all.</summary>
    public bool HealthHangs { get; set; }

    /// <summary>Told of each answer that was written whole, with the timestamps of its first and last moment.</summary>
    public Action<ScriptedCall, long, long>? Answered { get; set; }
    public int Calls => calls;

    /// <summary>Most answers written at the same time.</summary>
    public int MostRunning => mostRunning;

    public static async Task<ScriptedModelHost> StartAsync(Func<ScriptedCall, ScriptedReply> script)
    {
        var host = new ScriptedModelHost(script);
        await host.app.StartAsync();
        var addresses = host.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        host.Url = new Uri(addresses.Addresses.Single() + "/v1");
        return host;
    }

    /// <summary>A host that gives every caller the same words.</summary>
    public static Task<ScriptedModelHost> SayingAsync(string reply) => StartAsync(_ => new ScriptedReply(reply));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var from = Stopwatch.GetTimestamp();
        var number = Interlocked.Increment(ref calls);
        var body = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, cancellationToken: context.RequestAborted);
        var messages = body!["messages"]!.AsArray().Select(m => new ScriptedMessage((string)m!["role"]!, TextOf(m["content"]))).ToList();
        var partial = messages[^1].Role == "assistant" ? messages[^1].Text : "";
        var call = new ScriptedCall(number, messages, partial);
        var reply = script(call);
        if (reply.Status != 200)
        {
            context.Response.StatusCode = reply.Status;
            // As servers do that show what they could not read.
            await context.Response.WriteAsJsonAsync(new { error = new { message = $"scripted failure\n{call.Prompt}", type = "server_error" } });
            return;
        }
        InterlockedMax(ref mostRunning, Interlocked.Increment(ref running));
        try
        {
            await StreamAsync(context, (string?)body["model"] ?? "scripted", messages, partial, reply);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
        if (context.RequestAborted.IsCancellationRequested) return;
        // Before the last word: a client that has read it hangs up and asks the next question, while the request still ends here.
        Answered?.Invoke(call, from, Stopwatch.GetTimestamp());
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static async Task StreamAsync(HttpContext context, string model, List<ScriptedMessage> messages, string partial, ScriptedReply reply)
    {
        context.Response.ContentType = "text/event-stream";
        await Task.Delay(reply.FirstTokenDelay, context.RequestAborted);
        var rest = reply.Text.StartsWith(partial, StringComparison.Ordinal) ? reply.Text[partial.Length..] : reply.Text;
        var sent = 0;
        foreach (var chunk in rest.Chunk(reply.ChunkSize))
        {
            if (sent >= reply.BreakAfter) { context.Abort(); return; }
            if (sent >= reply.HangAfter) await Task.Delay(Timeout.Infinite, context.RequestAborted);
            await SendAsync(context, new { id = "chat", @object = "chat.completion.chunk", created = 0, model, choices = new[] { new { index = 0, delta = new { content = new string(chunk) }, finish_reason = (string?)null } } });
            sent += chunk.Length;
            if (reply.ChunkDelay > TimeSpan.Zero) await Task.Delay(reply.ChunkDelay, context.RequestAborted);
        }
        await SendAsync(context, new { id = "chat", @object = "chat.completion.chunk", created = 0, model, choices = new[] { new { index = 0, delta = new { }, finish_reason = reply.Finish } } });
        // A token is about four characters; the exact count does not matter to anyone who asks a script.
        var (input, output) = (messages.Sum(m => m.Text.Length) / 4, reply.Text.Length / 4);
        await SendAsync(context, new { id = "chat", @object = "chat.completion.chunk", created = 0, model, choices = Array.Empty<object>(), usage = new { prompt_tokens = input, completion_tokens = output, total_tokens = input + output, prompt_tokens_details = new { cached_tokens = input / 2 } } });
    }

    private static async Task SendAsync<T>(HttpContext context, T message)
    {
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(message)}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static string TextOf(JsonNode? content) => content is JsonArray parts
        ? string.Concat(parts.Select(part => (string?)part!["text"]))
        : Convert.ToString((string?)content, CultureInfo.InvariantCulture) ?? "";

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
            if (Interlocked.CompareExchange(ref target, value, seen) == seen) return;
    }
}

/// <param name="Number">Counts the calls of the host from 1.</param>
/// <param name="Partial">The assistant's text to continue; empty for a new answer.</param>
public sealed record ScriptedCall(int Number, IReadOnlyList<ScriptedMessage> Messages, string Partial)
{
    public string Prompt => string.Join("\n\n", Messages.Where(m => m.Role != "assistant" || m.Text != Partial).Select(m => m.Text));
}

public sealed record ScriptedMessage(string Role, string Text);

/// <summary>What the host says and how.</summary>
public sealed record ScriptedReply(string Text)
{
    public int Status { get; init; } = 200;

    /// <summary>Why it ends, in the host's words.</summary>
    public string Finish { get; init; } = "stop";
    public int ChunkSize { get; init; } = 12;
    public TimeSpan FirstTokenDelay { get; init; }
    public TimeSpan ChunkDelay { get; init; }

    /// <summary>Characters after which the connection is cut.</summary>
    public int BreakAfter { get; init; } = int.MaxValue;

    /// <summary>Characters after which nothing more comes.</summary>
    public int HangAfter { get; init; } = int.MaxValue;
}
