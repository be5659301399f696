using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Tutor.SimulatedHost;

namespace Tutor.WebTests.Nodes;

/// <summary>The simulated model host as a process of its own, to be killed and started again at its address.</summary>
internal sealed partial class ModelHostProcess : IAsyncDisposable
{
    private readonly int tokens, slots;
    private Process process;

    private ModelHostProcess(Uri address, int tokens, int slots)
    {
        (Address, this.tokens, this.slots) = (address, tokens, slots);
        process = Start();
    }

    public Uri Address { get; private set; }

    /// <param name="tokens">Length of its answers.</param>
    public static async Task<ModelHostProcess> StartAsync(int tokens, int slots, CancellationToken cancel)
    {
        var host = new ModelHostProcess(new Uri("http://127.0.0.1:0"), tokens, slots);
        host.Address = await host.ListeningAsync(cancel);
        return host;
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task RestartAsync(CancellationToken cancel)
    {
        process.Dispose();
        process = Start();
        await ListeningAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            typeof(SimulatedText).Assembly.Location, "--urls", Address.ToString(),
            "--Tokens", tokens.ToString(CultureInfo.InvariantCulture), "--Slots", slots.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private async Task<Uri> ListeningAsync(CancellationToken cancel)
    {
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
            if (ListeningLine().Match(line) is { Success: true } match)
                return new Uri(match.Groups[1].Value);
        throw new InvalidOperationException("The simulated model host stopped at start.");
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningLine();
}
