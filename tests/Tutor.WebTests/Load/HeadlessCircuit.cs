using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Tutor.WebTests.Load;

/// <summary>An open page without a browser: a real circuit that renders on the portal, acknowledges what it gets, and goes from page to page.</summary>
/// <remarks>It speaks what blazor.web.js of .NET 10 speaks, which is nobody's public interface: it is for load alone.</remarks>
internal sealed partial class HeadlessCircuit : IAsyncDisposable
{
    private readonly HubConnection connection;
    private readonly List<byte[]> shown = [];
    private volatile TaskCompletionSource rendered = NewSignal();
    private readonly TaskCompletionSource failed = NewSignal();
    private int objects, batches;
    private string id = "";

    private HeadlessCircuit(HubConnection connection) => this.connection = connection;

    /// <summary>How long the page took from its address to its first interactive content.</summary>
    public TimeSpan Opened { get; private set; }

    /// <summary>Render batches received.</summary>
    public int Batches => Volatile.Read(ref batches);

    /// <summary>What the portal said went wrong, or why the connection ended; null while all is well.</summary>
    public string? Error { get; private set; }

    /// <summary>Where the portal has sent the whole page; null while it stays.</summary>
    public string? SentTo { get; private set; }

    /// <summary>Whether anything that was rendered so far has these words in it.</summary>
    public bool HasShown(string words)
    {
        lock (shown) return shown.Any(batch => batch.AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0);
    }

    public void ForgetShown()
    {
        lock (shown) shown.Clear();
    }

    public static async Task<HeadlessCircuit> OpenAsync(Uri portal, string path, CookieContainer cookies, HttpClient http, CancellationToken cancel, Action<HttpConnectionOptions>? configure = null)
    {
        var from = Stopwatch.GetTimestamp();
        var circuit = await OpenOnAsync(portal, path, await http.GetStringAsync(new Uri(portal, path), cancel), cookies, cancel, configure);
        circuit.Opened = Stopwatch.GetElapsedTime(from);
        return circuit;
    }

    /// <summary>Opens a circuit for a page that was fetched before.</summary>
    /// <param name="patience">How long it may take; what is not drawn by then has its <see cref="Error"/> set.</param>
    public static async Task<HeadlessCircuit> OpenOnAsync(Uri portal, string path, string page, CookieContainer cookies, CancellationToken cancel, Action<HttpConnectionOptions>? configure = null, TimeSpan? patience = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(portal, "_blazor"), options =>
        {
            options.Cookies = cookies;
            options.Headers["Origin"] = portal.GetLeftPart(UriPartial.Authority);
            configure?.Invoke(options);
        });
        builder.Services.AddSingleton<IHubProtocol>(new BlazorPack());
        var circuit = new HeadlessCircuit(builder.Build());
        circuit.Listen();
        await circuit.connection.StartAsync(cancel);
        circuit.id = await circuit.connection.InvokeAsync<string>("StartCircuit", portal.ToString(), new Uri(portal, path).ToString(), "[]", "", cancel);
        var markers = Marker().Matches(page).Select((match, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{match.Groups[1].Value}}}""");
        await circuit.connection.SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', markers)}}]}""", "", cancel);
        var drawn = Task.WhenAny(circuit.rendered.Task, circuit.failed.Task);
        if (patience is null) await drawn.WaitAsync(TimeSpan.FromSeconds(60), cancel);
        else if (await Task.WhenAny(drawn, Task.Delay(patience.Value, cancel)) != drawn) circuit.Error = "The page was not drawn.";
        return circuit;
    }

    /// <summary>Tells the portal that the page is left for good, as a browser does.</summary>
    public async Task CloseAsync(HttpClient http, CancellationToken cancel)
    {
        using var form = new FormUrlEncodedContent([new("circuitId", id)]);
        using var response = await http.PostAsync(new Uri("/_blazor/disconnect", UriKind.Relative), form, cancel);
        response.EnsureSuccessStatusCode();
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
        connection.On<long, byte[]>("JS.RenderBatch", async (id, batch) =>
        {
            lock (shown) shown.Add(batch);
            Interlocked.Increment(ref batches);
            await connection.SendAsync("OnRenderCompleted", id, null);
            rendered.TrySetResult();
        });
        // A script's object gets a number, everything else is answered with nothing.
        connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", async (task, called, arguments, result, _, _) =>
        {
            if (called.EndsWith("navigateTo", StringComparison.Ordinal)) SentTo = arguments;
            if (task == 0) return;
            var value = result == 1 ? $$"""{"__jsObjectId":{{Interlocked.Increment(ref objects).ToString(CultureInfo.InvariantCulture)}}}""" : "null";
            await connection.SendAsync("EndInvokeJSFromDotNet", task, true, $"[{task.ToString(CultureInfo.InvariantCulture)},true,{value}]");
        });
        connection.On<string>("JS.Error", error =>
        {
            Error = error;
            failed.TrySetResult();
        });
        connection.Closed += error =>
        {
            Error ??= error?.Message;
            failed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex(@"<!--Blazor:(\{""type"":""server"".*?\})-->")]
    private static partial Regex Marker();
}
