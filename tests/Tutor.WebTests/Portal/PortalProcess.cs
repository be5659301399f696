using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tutor.Data;
using Tutor.Tests.Shared.Postgres;

namespace Tutor.WebTests.Portal;

/// <summary>The built portal as a process of its own, on a free port and a database of its own: what tests sign in to, drive and kill.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    // TUTOR_TESTS_ON=postgres runs everything but the tests of SQLite itself on PostgreSQL.
    private static readonly bool onPostgres = Environment.GetEnvironmentVariable("TUTOR_TESTS_ON") == "postgres";

    // Outside Development a portal on PostgreSQL does not start without one; all nodes have the same.
    private static readonly string dataProtectionKey = Convert.ToBase64String(new byte[32]);

    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;
    private readonly string? databaseUrl;
    private int inside;

    private PortalProcess(string dataFolder, string assembly, IReadOnlyDictionary<string, string> settings, params IReadOnlyList<string> command)
    {
        DataFolder = dataFolder;
        databaseUrl = settings.GetValueOrDefault("Database:Url") ?? (onPostgres && command is ["dotnet"] ? UrlOf(dataFolder) : null);
        if (databaseUrl is "") databaseUrl = null;
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(assembly);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_CONTENTROOT"] = Repository.Root;
        // A test's portal lives for seconds; watching its calls for later optimisation takes a seventh of its start.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["Database__Path"] = DatabasePath;
        if (databaseUrl is not null) (start.Environment["Database__Url"], start.Environment["DataProtection__Key"]) = (databaseUrl, dataProtectionKey);
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The portal stopped at start:\n" + Output));
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Holds the database; a second process started on it is the same portal after a restart.</summary>
    public string DataFolder { get; private set; }

    public string DatabasePath => Path.Combine(DataFolder, "tutor.db");

    /// <summary>The portal's database: the PostgreSQL one its settings name, else the file in its folder.</summary>
    public Database OpenDatabase() => databaseUrl is null ? new Database(DatabasePath) : Database.OnPostgres(databaseUrl);

    public string Output { get { lock (output) return output.ToString(); } }

    public int Id => process.Id;

    public IReadOnlySet<int> ListeningPorts() => ListeningSockets.Of(Id);

    /// <summary>Starts the portal and waits until it listens. A <paramref name="dataFolder"/> of an earlier process restarts that portal.</summary>
    public static async Task<PortalProcess> StartAsync(
        CancellationToken cancel, IReadOnlyDictionary<string, string>? settings = null, string? dataFolder = null, string? assembly = null)
    {
        dataFolder ??= Directory.CreateTempSubdirectory("tutor-test-").FullName;
        var portal = new PortalProcess(dataFolder, assembly ?? Repository.PortalAssembly, settings ?? new Dictionary<string, string>(), "dotnet");
        await portal.RunAsync(cancel);
        return portal;
    }

    /// <summary>Starts the portal under strace, which writes every connection it or a child of it opens into a file.</summary>
    public static async Task<PortalProcess> StartTracedAsync(string trace, IReadOnlyDictionary<string, string> settings, CancellationToken cancel)
    {
        var portal = new PortalProcess(
            Directory.CreateTempSubdirectory("tutor-test-").FullName, Repository.PortalAssembly, settings,
            "strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-e", "signal=none", "-s", "0", "-o", trace, "dotnet");
        await portal.RunAsync(cancel);
        return portal;
    }

    /// <summary>Starts the portal on a copy of a database, on a file system of its own in memory, so small that a test can fill it.</summary>
    public static async Task<PortalProcess> StartOnSmallDiskAsync(
        int bytes, string databaseFolder, CancellationToken cancel, IReadOnlyDictionary<string, string>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("tutor-test-").FullName;
        var portal = new PortalProcess(
            folder, Repository.PortalAssembly, settings ?? new Dictionary<string, string>(),
            "bwrap", "--die-with-parent", "--dev-bind", "/", "/", "--size", $"{bytes}", "--tmpfs", folder, "--",
            "sh", "-c", $"cp {databaseFolder}/* {folder} && exec \"$0\" \"$@\"", "dotnet");
        await portal.RunAsync(cancel);
        // Seen from outside only through the process that has it mounted.
        portal.inside = int.Parse((await File.ReadAllTextAsync($"/proc/{portal.Id}/task/{portal.Id}/children", cancel)).Split(' ')[0], CultureInfo.InvariantCulture);
        portal.DataFolder = $"/proc/{portal.inside}/root{folder}";
        return portal;
    }

    /// <summary>The database of a small disk as a power cut at this moment would leave it, copied to where it can be opened.</summary>
    public async Task<string> CopyDatabaseAsync(CancellationToken cancel)
    {
        var copy = Path.Combine(Directory.CreateTempSubdirectory("tutor-test-").FullName, "tutor.db");
        await SignalAsync(inside, "-STOP", cancel);
        foreach (var suffix in new[] { "", "-wal" })
            if (File.Exists(DatabasePath + suffix))
                File.Copy(DatabasePath + suffix, copy + suffix);
        await SignalAsync(inside, "-CONT", cancel);
        return copy;
    }

    /// <summary>Stops the process in its tracks as a machine does that hangs, and wakes it up later.</summary>
    public async Task FreezeAsync(TimeSpan time, CancellationToken cancel)
    {
        await SignalAsync(Id, "-STOP", cancel);
        await Task.Delay(time, cancel);
        await SignalAsync(Id, "-CONT", cancel);
    }

    /// <summary>Asks the process to end in order, as a service manager does, and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        await SignalAsync(Id, "-TERM", cancel);
        await process.WaitForExitAsync(cancel);
    }

    private static async Task SignalAsync(int id, string signal, CancellationToken cancel)
    {
        using var kill = Process.Start("kill", [signal, id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancel);
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(TimeSpan.FromSeconds(90), cancel);
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

    // The database goes with the folder, so that a second process on it finds the first one's.
    private static string UrlOf(string dataFolder)
    {
        var file = Path.Combine(dataFolder, "database-url");
        if (!File.Exists(file)) File.WriteAllText(file, PostgresServer.Shared.CreateDatabase());
        return File.ReadAllText(file);
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

    // Another stream may write on the same line.
    [GeneratedRegex(@"Now listening on: (https?://[^\s/]+:\d+)")]
    private static partial Regex ListeningLine();
}
