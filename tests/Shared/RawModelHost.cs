using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tutor.Tests.Shared;

/// <summary>A server at which a test decides every byte: what a host of the field may send, well made or not.</summary>
public sealed class RawModelHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private int calls;

    private RawModelHost(Func<HttpContext, JsonObject, Task> chat, Func<HttpContext, Task>? models, string basePath)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            if (path == $"{basePath}/models") await (models?.Invoke(context) ?? context.Response.WriteAsync("""{"data":[{"id":"m"}]}"""));
            else if (path == $"{basePath}/chat/completions" && context.Request.Method == "POST")
            {
                Interlocked.Increment(ref calls);
                var body = (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, cancellationToken: context.RequestAborted))!;
                lock (Bodies) Bodies.Add(body);
                await chat(context, body);
            }
            else
            {
                lock (Elsewhere) Elsewhere.Add(path);
                context.Response.StatusCode = Foreign;
            }
        });
        BasePath = basePath;
    }

    public Uri Url { get; private set; } = null!;
    public int Calls => calls;

    /// <summary>What was asked, in order.</summary>
    public List<JsonObject> Bodies { get; } = [];

    /// <summary>Paths outside the API that somebody asked for.</summary>
    public List<string> Elsewhere { get; } = [];

    /// <summary>What those get.</summary>
    public int Foreign { get; set; } = 404;
    private string BasePath { get; }

    public static async Task<RawModelHost> StartAsync(Func<HttpContext, JsonObject, Task> chat, Func<HttpContext, Task>? models = null, string basePath = "/v1")
    {
        var host = new RawModelHost(chat, models, basePath);
        await host.app.StartAsync();
        host.Url = new Uri(host.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + basePath);
        return host;
    }

    /// <summary>A host that sends this body whatever it is asked.</summary>
    public static Task<RawModelHost> SendingAsync(string body, string type = "text/event-stream", int status = 200) => StartAsync((context, _) => SendAsync(context, body, type, status));

    public static async Task SendAsync(HttpContext context, string body, string type = "text/event-stream", int status = 200)
    {
        if (!context.Response.HasStarted) (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        await context.Response.WriteAsync(body, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Refuses in the form of OpenAI's API.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string message, string code = "BadRequestError", string? param = null) =>
        SendAsync(context, JsonSerializer.Serialize(new { error = new { message, type = code, code = status, param } }), "application/json", status);

    /// <summary>One event of a stream.</summary>
    public static string Chunk(string text, string? finish = null) =>
        $"data: {JsonSerializer.Serialize(new { id = "c", @object = "chat.completion.chunk", created = 1, model = "m", choices = new[] { new { index = 0, delta = new { content = text }, finish_reason = finish } } })}\n\n";

    /// <summary>A whole stream of these pieces.</summary>
    public static string Stream(IEnumerable<string> pieces, string? finish = "stop") =>
        new StringBuilder().AppendJoin("", pieces.Select(piece => Chunk(piece))).Append(finish is null ? "" : Chunk("", finish)).Append("data: [DONE]\n\n").ToString();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            await app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // An answer without end ends with the host.
        }
        await app.DisposeAsync();
    }
}
