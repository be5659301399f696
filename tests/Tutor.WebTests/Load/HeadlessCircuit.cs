using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Tutor.WebTests.Load;

/// <summary>An open page without a browser: a real circuit that renders on the portal, acknowledges what it gets, and goes from page to page.</summary>
/// <remarks>It speaks what blazor.web.js of .NET 10 speaks, which is nobody's public interface: it is for load alone.</remarks>
internal sealed partial class HeadlessCircuit : IAsyncDisposable
{
    private readonly HubConnection connection;
    private volatile TaskCompletionSource rendered = NewSignal();
    private int objects, batches;

    private HeadlessCircuit(HubConnection connection) => this.connection = connection;

    /// <summary>How long the page took from its address to its first interactive content.</summary>
    public TimeSpan Opened { get; private set; }

    /// <summary>Render batches received.</summary>
    public int Batches => Volatile.Read(ref batches);

    /// <summary>What the portal said went wrong, or why the connection ended; null while all is well.</summary>
    public string? Error { get; private set; }

    public static async Task<HeadlessCircuit> OpenAsync(Uri portal, string path, CookieContainer cookies, HttpClient http, CancellationToken cancel)
    {
        var from = Stopwatch.GetTimestamp();
        var page = await http.GetStringAsync(new Uri(portal, path), cancel);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(portal, "_blazor"), options =>
        {
            options.Cookies = cookies;
            options.Headers["Origin"] = portal.GetLeftPart(UriPartial.Authority);
        });
        builder.Services.AddSingleton<IHubProtocol>(new BlazorPack());
        var circuit = new HeadlessCircuit(builder.Build());
        circuit.Listen();
        await circuit.connection.StartAsync(cancel);
        await circuit.connection.InvokeAsync<string>("StartCircuit", portal.ToString(), new Uri(portal, path).ToString(), "[]", "", cancel);
        var markers = Marker().Matches(page).Select((match, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{match.Groups[1].Value}}}""");
        await circuit.connection.SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', markers)}}]}""", "", cancel);
        await circuit.rendered.Task.WaitAsync(TimeSpan.FromSeconds(60), cancel);
        circuit.Opened = Stopwatch.GetElapsedTime(from);
        return circuit;
    }

    /// <summary>Follows a link inside the portal.</summary>
    /// <returns>Time until the page has answered with new content.</returns>
    public async Task<TimeSpan> GoToAsync(Uri address, CancellationToken cancel)
    {
        rendered = NewSignal();
        var from = Stopwatch.GetTimestamp();
        await connection.SendAsync("OnLocationChanged", address.ToString(), null, true, cancel);
        await rendered.Task.WaitAsync(TimeSpan.FromSeconds(60), cancel);
        return Stopwatch.GetElapsedTime(from);
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private void Listen()
    {
        connection.On<long, byte[]>("JS.RenderBatch", async (id, _) =>
        {
            Interlocked.Increment(ref batches);
            await connection.SendAsync("OnRenderCompleted", id, null);
            rendered.TrySetResult();
        });
        // A script's object gets a number, everything else is answered with nothing.
        connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", async (task, _, _, result, _, _) =>
        {
            if (task == 0) return;
            var value = result == 1 ? $$"""{"__jsObjectId":{{Interlocked.Increment(ref objects).ToString(CultureInfo.InvariantCulture)}}}""" : "null";
            await connection.SendAsync("EndInvokeJSFromDotNet", task, true, $"[{task.ToString(CultureInfo.InvariantCulture)},true,{value}]");
        });
        connection.On<string>("JS.Error", error => Error = error);
        connection.Closed += error =>
        {
            Error ??= error?.Message;
            return Task.CompletedTask;
        };
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex(@"<!--Blazor:(\{""type"":""server"".*?\})-->")]
    private static partial Regex Marker();
}
