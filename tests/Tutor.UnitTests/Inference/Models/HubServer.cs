using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Tutor.UnitTests.Inference.Models;

/// <summary>A model hub on this machine: answers with size and checksum and redirects to a store that sends ranges, on lines a test can spoil.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly byte[] content;
    private int requests;

    private HubServer(byte[] content)
    {
        this.content = content;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapMethods("/owner/model-GGUF/resolve/main/model.gguf", ["GET", "HEAD"], Redirect);
        app.MapGet("/store/blob", SendAsync);
    }

    public Uri Address { get; private set; } = null!;
    public string Sha256 { get; }

    /// <summary>What the hub claims the checksum to be.</summary>
    public string? Claimed { get; set; }

    /// <summary>The token a caller must show; null for none.</summary>
    public string? Token { get; set; }

    /// <summary>Told the number of the request to the store; says after how many bytes the line breaks, null for a whole answer.</summary>
    public Func<int, int?> BreaksAfter { get; set; } = _ => null;

    /// <summary>Whether a broken line falls silent instead of closing.</summary>
    public bool FallsSilent { get; set; }

    public bool SendsRanges { get; set; } = true;

    public int Requests => requests;

    /// <summary>Bytes that left the store.</summary>
    public long Sent;

    /// <summary>Whether the store was shown the hub's token, which it must not see.</summary>
    public bool StoreSawToken { get; private set; }

    public static async Task<HubServer> StartAsync(byte[] content)
    {
        var server = new HubServer(content);
        server.Claimed = server.Sha256;
        await server.app.StartAsync();
        server.Address = new(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private IResult Redirect(HttpContext http)
    {
        if (Token is not null && http.Request.Headers.Authorization != $"Bearer {Token}") return Results.StatusCode(401);
        http.Response.Headers["X-Linked-Size"] = content.Length.ToString();
        if (Claimed is not null) http.Response.Headers["X-Linked-ETag"] = $"\"{Claimed}\"";
        return Results.Redirect($"http://localhost:{Address.Port}/store/blob?signature=abc");
    }

    private async Task SendAsync(HttpContext http)
    {
        var number = Interlocked.Increment(ref requests);
        StoreSawToken |= http.Request.Headers.ContainsKey("Authorization");
        var (from, to) = (0L, content.Length - 1L);
        if (SendsRanges && RangeHeaderValue.TryParse(http.Request.Headers.Range.ToString(), out var range))
        {
            (from, to) = (range.Ranges.Single().From!.Value, range.Ranges.Single().To!.Value);
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = $"bytes {from}-{to}/{content.Length}";
        }
        http.Response.ContentLength = to - from + 1;
        var breakAfter = BreaksAfter(number);
        var count = (int)Math.Min(to - from + 1, breakAfter ?? long.MaxValue);
        await http.Response.Body.WriteAsync(content.AsMemory((int)from, count), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        Interlocked.Add(ref Sent, count);
        if (breakAfter is null) return;
        if (FallsSilent) await Task.Delay(Timeout.Infinite, http.RequestAborted);
        // A reset overtakes what is still on its way; a moment lets it arrive.
        await Task.Delay(20, http.RequestAborted);
        http.Abort();
    }
}
