using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Tutor.Tests.Shared.Models;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.ModelHost;

/// <summary>The built model host as a process of its own, with a generated model on a free port.</summary>
public sealed partial class ModelHostProcess : IAsyncDisposable
{
    public const string Key = "test-key";

    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    private ModelHostProcess(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Assembly);
        foreach (var (name, value) in settings) start.ArgumentList.Add($"--{name}={value}");
        process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The model host stopped at start:\n" + Output));
    }

    /// <summary>The host as built in its own folder.</summary>
    public static string Assembly { get; } = Repository.PortalAssembly.Replace("Tutor.Web", "Tutor.ModelHost", StringComparison.Ordinal);

    public Uri Address { get; private set; } = null!;

    /// <summary>Base address of the API, for <c>ModelHosts:Hosts:0:Url</c>.</summary>
    public Uri Api => new(Address, "/v1");

    public string Output { get { lock (output) return output.ToString(); } }

    /// <summary>Starts the host with the scripted model, with the settings given on top of that; null takes one away.</summary>
    public static async Task<ModelHostProcess> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0", ["Model:Path"] = TestModels.Scripted, ["Model:Threads"] = "1", ["Model:Slots"] = "4", ["Model:RequestTokens"] = "4096", ["Model:ContextTokens"] = "16384",
            ["Model:Embeddings"] = "true", ["Model:Adapters:0:Name"] = "json", ["Model:Adapters:0:Path"] = TestModels.ScriptedAdapter, ["Server:ApiKeys:0"] = Key,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>()) all[name] = value;
        var host = new ModelHostProcess(all.Where(setting => setting.Value is not null));
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        host.Address = await host.listening.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>A client that shows the key.</summary>
    public HttpClient OpenClient() => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) },
    };

    /// <summary>kill -9: nothing of the process runs after this.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop, as systemd does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null) return;
        lock (output) output.AppendLine(line);
        if (ListeningLine().Match(line) is { Success: true } match) listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningLine();
}
