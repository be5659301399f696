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

    /// <param name="args">start, memory or load; none takes all three.</param>
    public static async Task RunAsync(string[] args)
    {
        bool Wanted(string part) => args.Length == 0 || args.Contains(part);
        if (Wanted("start")) await StartsAsync();
        if (Wanted("memory")) await MemoryAsync();
        if (Wanted("load")) await HintLoad.RunAsync(release);
    }

    // The README's start command runs a Debug build; a deployed portal is a Release build.
    private static IEnumerable<(string Build, string Assembly, Dictionary<string, string> Settings, string Page)> Builds()
    {
        foreach (var (build, settings, page) in new[] { ("Debug", [], "/sign-in/development"), ("Release", release, "/signed-out") })
        {
            if (File.Exists(Repository.PortalBuild(build)))
                yield return (build, Repository.PortalBuild(build), settings, page);
            else
                Console.WriteLine($"The portal has no {build} build; it is left out.");
        }
    }

    private static async Task StartsAsync()
    {
        var table = new Table("build", "starts", "first page p50 s", "slowest s");
        foreach (var (build, assembly, settings, page) in Builds())
        {
            var times = new List<double>();
            for (var i = 0; i < Starts; i++)
                times.Add(await StartAsync(assembly, settings, page));
            table.Add(build, Starts, Seconds(times.Order().ElementAt(Starts / 2)), Seconds(times.Max()));
        }
        Console.WriteLine($"From the start of the process to the last byte of the first page; the database is made and both sample courses are imported.\n\n{table}");
    }

    private static async Task MemoryAsync()
    {
        var table = new Table("build", "after", "resident MB");
        foreach (var (build, assembly, settings, page) in Builds())
            await MeasureMemoryAsync(table, build, assembly, settings, page);
        Console.WriteLine($"Resident memory (VmRSS) of the idle portal.\n\n{table}");
    }

    private static async Task<double> StartAsync(string assembly, Dictionary<string, string> settings, string page)
    {
        var from = Stopwatch.GetTimestamp();
        await using var portal = await PortalProcess.StartAsync(default, settings, assembly: assembly);
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
