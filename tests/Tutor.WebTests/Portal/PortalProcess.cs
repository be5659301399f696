using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Tutor.WebTests.Portal;

/// <summary>The built portal as a process of its own, on a free port and a database of its own: what tests sign in to, drive and kill.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    private PortalProcess(string dataFolder, IReadOnlyDictionary<string, string> settings)
    {
        DataFolder = dataFolder;
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Repository.PortalAssembly);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_CONTENTROOT"] = Repository.Root;
        start.Environment["Database__Path"] = DatabasePath;
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The portal stopped at start:\n" + Output));
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Holds the database; a second process started on it is the same portal after a restart.</summary>
    public string DataFolder { get; }

    public string DatabasePath => Path.Combine(DataFolder, "tutor.db");

    public string Output { get { lock (output) return output.ToString(); } }

    public int Id => process.Id;

    /// <summary>Starts the portal and waits until it listens. A <paramref name="dataFolder"/> of an earlier process restarts that portal.</summary>
    public static async Task<PortalProcess> StartAsync(
        CancellationToken cancel, IReadOnlyDictionary<string, string>? settings = null, string? dataFolder = null)
    {
        dataFolder ??= Directory.CreateTempSubdirectory("tutor-test-").FullName;
        var portal = new PortalProcess(dataFolder, settings ?? new Dictionary<string, string>());
        portal.process.Start();
        portal.process.BeginOutputReadLine();
        portal.process.BeginErrorReadLine();
        portal.Address = await portal.listening.Task.WaitAsync(TimeSpan.FromSeconds(90), cancel);
        return portal;
    }

    /// <summary>kill -9: nothing of the process runs after this.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
        if (ListeningLine().Match(line) is { Success: true } match)
            listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningLine();
}
