using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Tutor.Data.Analytics;
using Tutor.Data.Audit;
using Tutor.Data.Escalations;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Data.Privacy;
using Tutor.Core.Privacy;
using Tutor.Data;
using Tutor.Tests.Shared;

namespace Tutor.Benchmarks.Log;

/// <summary>How fast the staff's pages read a ledger of a million interactions in twenty courses.</summary>
internal static class LogBenchmark
{
    private const int Interactions = 1_000_000;
    private const int Depth = 40_000;
    private const int PageSize = 50;
    private const int Rounds = 31;
    private const string Course = "course-07";
    private static readonly Viewer viewer = new(SeedInteractions.Instructor);

    /// <param name="args">A database file to keep and use again; none takes a temporary one.</param>
    public static async Task RunAsync(string[] args)
    {
        var keep = args.FirstOrDefault();
        var path = keep ?? Path.Combine(Directory.CreateTempSubdirectory("tutor-log-").FullName, "tutor.db");
        var seeded = File.Exists(path);
        using var database = new Database(path);
        Migrator.Migrate(database);
        if (!seeded)
            await SeedAsync(database);

        var audit = new AuditLog(database, TimeProvider.System);
        var names = new StudentNames(database, audit, new Rosters(database, TimeProvider.System), new PersonalDataFinder(new PrivacyOptions()), TimeProvider.System);
        var log = new InteractionLog(database, names);
        var student = (await names.ListAsync(Course, viewer, default))[6].Alias;
        var analytics = new CourseAnalytics(database, Options.Create(new EscalationOptions()), TimeProvider.System);
        var deep = (await database.QueryAsync<string>(
            "SELECT id FROM interaction WHERE course_id = @Course ORDER BY asked_at DESC, id DESC LIMIT 1 OFFSET @Depth", new { Course, Depth }, default))[0];

        var table = new List<(string Name, double Milliseconds)>();
        async Task MeasureAsync(string name, Func<Task> read) => table.Add((name, await MedianAsync(read)));
        Task List(LogFilter filter, string? older = null) => log.ListAsync(Course, viewer, filter, older, null, PageSize, default);

        await MeasureAsync("first page", () => List(new LogFilter()));
        await MeasureAsync($"page at depth {Depth:N0}", () => List(new LogFilter(), deep));
        await MeasureAsync("flagged, first page", () => List(new LogFilter { Flag = "any" }));
        await MeasureAsync("flagged, from depth", () => List(new LogFilter { Flag = "any" }, deep));
        await MeasureAsync("one exercise", () => List(new LogFilter { Exercise = "flatten" }));
        await MeasureAsync("one student", () => List(new LogFilter { Student = student }));
        await MeasureAsync("failing test", () => List(new LogFilter { FailingTest = "upper-case" }));
        await MeasureAsync("state failed and did not help (nothing matches)", () => List(new LogFilter { State = "queued", Rating = "not-helped" }));
        await MeasureAsync("search, two common words", () => List(new LogFilter { Text = "loop item" }));
        await MeasureAsync("search, two common words, from depth", () => List(new LogFilter { Text = "loop item" }, deep));
        await MeasureAsync("search, one rare word", () => List(new LogFilter { Text = "attempt 123446" }));
        await MeasureAsync("course home, figures of 30 days", () => analytics.ActivityAsync(Course, viewer, 30, default));
        await MeasureAsync("course home, what needs attention", () => analytics.AttentionAsync(Course, viewer, 30, default));
        Print(table, new FileInfo(path).Length);
        if (keep is null)
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static async Task SeedAsync(Database database)
    {
        var watch = Stopwatch.StartNew();
        await new SeedInteractions(database)
        {
            Courses = [.. Enumerable.Range(1, 20).Select(n => $"course-{n:00}")],
            StudentsPerCourse = 300,
            Span = TimeSpan.FromDays(120),
            Until = DateTimeOffset.UtcNow,
            WithRecords = false,
        }.WriteAsync(Interactions, default);
        Console.WriteLine($"Wrote {Interactions:N0} interactions in {watch.Elapsed.TotalSeconds:F0} s.");
    }

    private static async Task<double> MedianAsync(Func<Task> read)
    {
        // Two rounds to warm the page cache and the compiled query; the median of the rest.
        var times = new List<double>();
        for (var round = 0; round < Rounds + 2; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await read();
            if (round > 1)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        return times[times.Count / 2];
    }

    private static void Print(List<(string Name, double Milliseconds)> table, long bytes)
    {
        Console.WriteLine();
        Console.WriteLine($"{Interactions:N0} interactions, 20 courses, {PageSize} rows a page, {bytes / 1e9:F1} GB; times against the first page");
        Console.WriteLine();
        var rows = new Table("page", "median", "times the first page");
        foreach (var (name, milliseconds) in table)
            rows.Add(name, string.Create(CultureInfo.InvariantCulture, $"{milliseconds:F2} ms"),
                string.Create(CultureInfo.InvariantCulture, $"{milliseconds / table[0].Milliseconds:F1}"));
        Console.Write(rows);
        var ratio = table[1].Milliseconds / table[0].Milliseconds;
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Depth {Depth:N0} against the first page: {ratio:F2} (held to at most 2){(ratio <= 2 ? "" : ": NOT HELD")}"));
    }
}
