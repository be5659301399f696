using System.Diagnostics;
using System.Globalization;
using System.Net;
using Tutor.Tests.Shared;
using Tutor.WebTests.Portal;

namespace Tutor.Benchmarks.Portal;

/// <summary>The portal as a process of its own: how long it takes to start, what it weighs, and what it adds to a hint over HTTP.</summary>
internal static class PortalBenchmark
{
    private const int Starts = 7;
    private static readonly TimeSpan idle = TimeSpan.FromSeconds(20);

    // A Release build has no development sign-in; its portal starts when a directory is named, and asks it nothing here.
    private static readonly Dictionary<string, string> release = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production", ["AzureAd:Instance"] = "https://login.example.edu/", ["AzureAd:TenantId"] = "bench",
        ["AzureAd:ClientId"] = "bench", ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
    };

    public static async Task RunAsync(string[] args)
    {
        await StartAndMemoryAsync();
        await HintLoad.RunAsync(release);
    }

    private static async Task StartAndMemoryAsync()
    {
        var starts = new Table("build", "database", "starts", "first page p50 s", "slowest s");
        var memory = new Table("build", "after", "resident MB");
        // The README's start command runs a Debug build; a deployed portal is a Release build.
        foreach (var (build, settings, page) in new[] { ("Debug", [], "/sign-in/development"), ("Release", release, "/signed-out") })
        {
            var assembly = Repository.PortalBuild(build);
            if (!File.Exists(assembly))
            {
                Console.WriteLine($"{build}: not built.");
                continue;
            }
            var fresh = new List<double>();
            for (var i = 0; i < Starts; i++)
                fresh.Add(await StartAsync(assembly, settings, page, dataFolder: null));
            starts.Add(build, "new", Starts, Seconds(fresh.Order().ElementAt(Starts / 2)), Seconds(fresh.Max()));
            await MeasureMemoryAsync(memory, build, assembly, settings, page);
        }
        Console.WriteLine($"From the start of the process to the last byte of the first page; the database is made and both sample courses are imported.\n\n{starts}");
        Console.WriteLine($"Resident memory (VmRSS) of the idle portal.\n\n{memory}");
    }

    private static async Task<double> StartAsync(string assembly, Dictionary<string, string> settings, string page, string? dataFolder)
    {
        var from = Stopwatch.GetTimestamp();
        await using var portal = await PortalProcess.StartAsync(default, settings, dataFolder, assembly);
        await ReadAsync(portal, page);
        return Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    private static async Task MeasureMemoryAsync(Table memory, string build, string assembly, Dictionary<string, string> settings, string page)
    {
        await using var model = await ScriptedModelHost.SayingAsync("What would a reader doubt here?");
        var course = await BenchCourse.WriteAsync(students: 50);
        await using var portal = await PortalProcess.StartAsync(
            default, new Dictionary<string, string>(settings) { ["Courses:Path"] = course.Folder }.WithModelHost(model.Url, 50), assembly: assembly);
        await ReadAsync(portal, page);
        await Task.Delay(idle);
        memory.Add(build, $"start, {idle.TotalSeconds:0} s idle", ResidentMegabytes(portal.Id));
        await using var load = await HintLoad.SignInAsync(portal, course, students: 50);
        await load.AskAsync(hintsEach: 4, model);
        await Task.Delay(idle);
        memory.Add(build, $"200 hints, {idle.TotalSeconds:0} s idle", ResidentMegabytes(portal.Id));
    }

    private static async Task ReadAsync(PortalProcess portal, string page)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        using var response = await http.GetAsync(new Uri(page, UriKind.Relative));
        if (response.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{page} answered {(int)response.StatusCode}.");
        await response.Content.ReadAsStringAsync();
    }

    private static string ResidentMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return (long.Parse(line.Split(':', ' ').First(word => word.Trim().All(char.IsAsciiDigit) && word.Trim().Length > 0), CultureInfo.InvariantCulture) / 1024).ToString(CultureInfo.InvariantCulture);
    }

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
