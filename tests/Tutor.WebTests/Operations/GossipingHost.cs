using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tutor.WebTests.Operations;

/// <summary>A model host that repeats the prompt in everything it says, in each way of failing in turn: what a portal must not hand on.</summary>
internal sealed class GossipingHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private int calls;

    private GossipingHost()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/health", () => Results.Ok());
        app.MapGet("/v1/models", () => Results.Json(new { data = new[] { new { id = "gossip" } } }));
        app.MapPost("/v1/chat/completions", AnswerAsync);
    }

    public Uri Url { get; private set; } = null!;
    public int Calls => calls;

    /// <summary>Ways of failing before it answers again.</summary>
    public const int Ways = 6;

    public static async Task<GossipingHost> StartAsync()
    {
        var host = new GossipingHost();
        await host.app.StartAsync();
        host.Url = new Uri(host.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1");
        return host;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var prompt = body["messages"]!.ToJsonString();
        var response = context.Response;
        switch (Interlocked.Increment(ref calls))
        {
            case 1:
                response.StatusCode = 500;
                await response.WriteAsJsonAsync(new { error = new { message = $"cannot parse prompt: {prompt}", type = prompt, code = prompt } });
                break;
            case 2:
                response.StatusCode = 400;
                await response.WriteAsync(prompt);
                break;
            case 3:
                response.StatusCode = 429;
                response.Headers.RetryAfter = "0";
                await response.WriteAsJsonAsync(new { error = prompt });
                break;
            case 4:
                response.ContentType = "text/event-stream";
                await response.WriteAsync($"data: {{\"choices\": [{prompt}\n\n");
                break;
            case 5:
                response.ContentType = "text/event-stream";
                await response.WriteAsync($"data: {new JsonObject { ["error"] = new JsonObject { ["message"] = prompt } }.ToJsonString()}\n\n");
                break;
            case 6:
                response.ContentType = "text/html";
                await response.WriteAsync($"<html>{prompt}</html>");
                break;
            default:
                response.ContentType = "text/event-stream";
                await response.WriteAsync("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"gossip\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"What does it return for an empty list?\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
                break;
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
