using System.Diagnostics;
using System.Globalization;
using Tutor.Tests.Shared;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Nodes;

/// <summary>HAProxy in front of two nodes, with the file of deploy/haproxy as it is but for its addresses and its number of connections, for which an ordinary account may open too few files.</summary>
internal sealed class HaProxy : IAsyncDisposable
{
    private readonly Process process;

    private HaProxy(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<HaProxy> StartAsync(Uri first, Uri second, CancellationToken cancel)
    {
        var port = FreePort.Find();
        var file = Path.Combine(Directory.CreateTempSubdirectory("tutor-haproxy-").FullName, "tutor.cfg");
        var documented = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy/haproxy/tutor.cfg"), cancel);
        await File.WriteAllTextAsync(file, documented
            .Replace("maxconn 20000", "maxconn 500", StringComparison.Ordinal)
            .Replace("bind :80", $"bind 127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal)
            .Replace("10.0.0.11:5280", first.Authority, StringComparison.Ordinal)
            .Replace("10.0.0.12:5280", second.Authority, StringComparison.Ordinal), cancel);
        var proxy = new HaProxy(Process.Start("/usr/sbin/haproxy", ["-q", "-db", "-f", file]), new Uri($"http://127.0.0.1:{port}"));
        using var http = new HttpClient { BaseAddress = proxy.Address };
        while (!await IsReadyAsync(http, cancel))
        {
            if (proxy.process.HasExited) throw new InvalidOperationException($"HAProxy refused {file}.");
            await Task.Delay(100, cancel);
        }
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    // Whether it listens and has found a node that takes visitors.
    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancel)
    {
        try
        {
            using var response = await http.GetAsync("/health/ready", cancel);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
