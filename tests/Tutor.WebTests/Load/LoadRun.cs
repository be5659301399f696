using System.Diagnostics;
using System.Globalization;
using Tutor.Data;
using Tutor.Data.People;
using Tutor.SimulatedHost;
using Tutor.Tests.Shared.Postgres;
using Tutor.WebTests.Nodes;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Load;

/// <summary>A deadline night on one machine: twenty courses ask, pages are open, then five times as many ask for a minute.</summary>
/// <remarks><c>bash tests/load.sh</c> plays it on both databases and keeps tests/results/load.md; a usual test run skips it.</remarks>
[Trait("Database", "own")]
public sealed class LoadRun(ITestOutputHelper output)
{
    private const int Tokens = 60;
    private const int Slots = 64;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_courses_on_a_deadline_night_lose_nothing()
    {
        var plan = LoadPlan.FromEnvironment();
        Assert.SkipWhen(plan is null, "The load is played by tests/load.sh.");
        using var server = plan.OnPostgres ? new PostgresServer(durable: true) : null;
        await using var one = await ModelHostProcess.StartAsync(Tokens, Slots, Cancel);
        await using var two = await ModelHostProcess.StartAsync(Tokens, Slots, Cancel);
        await using var portal = await PortalProcess.StartAsync(Cancel, Settings(server?.CreateDatabase(migrated: false), Slots, one, two));
        using var database = portal.OpenDatabase();
        var clients = await SignInAllAsync(database, portal.Address);
        await using var circuits = new LoadCircuits(portal);
        await circuits.OpenAsync(plan.Circuits, Cancel);

        var steady = await PlayAsync(clients, 0, plan.Seconds, LoadPlan.PerSecond);
        var burst = await PlayAsync(clients, steady.Count, plan.BurstSeconds, LoadPlan.PerSecond * LoadPlan.BurstFactor);
        var from = Stopwatch.GetTimestamp();
        await Task.WhenAll(steady.Concat(burst).Select(each => each.Done)).WaitAsync(TimeSpan.FromMinutes(10), Cancel);
        var drained = Stopwatch.GetElapsedTime(from);
        await circuits.StopMovingAsync();

        var report = new LoadReport($"{(plan.OnPostgres ? "PostgreSQL" : "SQLite")}: {LoadPlan.PerSecond} requests a second for {plan.Seconds} s, then {LoadPlan.PerSecond * LoadPlan.BurstFactor:0.#} for {plan.BurstSeconds} s, {plan.Circuits} circuits");
        var requests = steady.Concat(burst).Select(each => each.Request).ToList();
        var failures = requests.Select(request => request.Failure ?? WrongText(request, Tokens)).OfType<string>().ToList();
        report.Add("requests", $"{requests.Count}, {failures.Count} failed, {requests.Count(request => request.Reading.Finished?.Writer == "model")} written by the model hosts");
        foreach (var failure in failures.GroupBy(each => each).OrderByDescending(group => group.Count()).Take(5)) report.Add("failed", $"{failure.Count()} × {failure.Key}");
        report.Add("stored, steady", steady.Select(each => each.Request.Stored.TotalMilliseconds), "ms");
        report.Add("stored, burst", burst.Select(each => each.Request.Stored.TotalMilliseconds), "ms");
        report.Add("first text, steady", steady.Select(each => each.Request.FirstText.TotalSeconds), "s");
        report.Add("first text, burst", burst.Select(each => each.Request.FirstText.TotalSeconds), "s");
        report.Add("portal's own time in a hint, steady", await OwnTimeAsync(database, steady.Count), "ms");
        report.Add("queue empty after the burst", $"{drained.TotalSeconds:0.0} s");
        var waits = requests.Select(request => request.Wait).OfType<(TimeSpan Told, TimeSpan Was)>().Where(wait => wait.Told.TotalSeconds >= 4).ToList();
        report.Add("wait told of 4 s or more: how far off", waits.Select(wait => 100 * Math.Abs((wait.Was - wait.Told) / wait.Told)), "%");
        report.Add("circuits", $"{circuits.Open.Count} opened, {circuits.Open.Count(circuit => circuit.Error is not null)} lost, {circuits.Failures.Count} clicks unanswered, {circuits.Open.Sum(circuit => circuit.Batches)} batches");
        report.Add("page opened", circuits.Open.Select(circuit => circuit.Opened.TotalMilliseconds), "ms");
        report.Add("click answered", circuits.Moves.Select(move => move.TotalMilliseconds), "ms");
        report.Add("ledger", await LedgerAsync(database));
        await KeepAsync(report);

        Assert.Empty(failures);
        Assert.All(circuits.Open, circuit => Assert.Null(circuit.Error));
        Assert.Empty(circuits.Failures);
        Assert.Equal(requests.Count, await database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM interaction WHERE state = 'done'", null, Cancel));
        Assert.Equal(requests.Count, await database.QuerySingleOrDefaultAsync<int>("SELECT SUM(used) FROM quota", null, Cancel));
    }

    [Fact]
    public async Task A_small_course_waits_at_most_a_fifth_as_long_as_one_that_floods()
    {
        var plan = LoadPlan.FromEnvironment();
        Assert.SkipWhen(plan is null, "The load is played by tests/load.sh.");
        using var server = plan.OnPostgres ? new PostgresServer(durable: true) : null;
        // Eight answers at once, each of some 1.3 s.
        await using var host = await ModelHostProcess.StartAsync(tokens: 80, slots: 8, Cancel);
        var settings = Settings(server?.CreateDatabase(migrated: false), 8, host);
        settings["Runtime:Slots"] = "8";
        await using var portal = await PortalProcess.StartAsync(Cancel, settings);
        using var database = portal.OpenDatabase();
        var clients = await SignInAllAsync(database, portal.Address);
        // Without it the flood is told by the compiler's time, not by the queue's.
        await AskAsync(clients, course: 2, first: 0, count: 16);

        var flood = AskAsync(clients, course: 0, first: 100, count: 120);
        await Task.Delay(TimeSpan.FromSeconds(5), Cancel);
        var calm = await AskAsync(clients, course: 1, first: 300, count: 8);

        var report = new LoadReport($"{(plan.OnPostgres ? "PostgreSQL" : "SQLite")}: 8 answers at once; a course sends 120 requests, and 5 s later another sends 8");
        var (flooding, small) = (FirstTexts(await flood), FirstTexts(calm));
        report.Add("first text, flooding course", flooding, "s");
        report.Add("first text, small course", small, "s");
        var part = Median(small) / Median(flooding);
        report.Add("half of the small course's waited, as a part of the flooding one's", $"{part.ToString("0.00", CultureInfo.InvariantCulture)}");
        await KeepAsync(report);
        Assert.True(part <= 0.2, $"{part}");
    }

    private static async Task<List<LoadRequest>> AskAsync(Dictionary<string, ApiClient> clients, int course, int first, int count)
    {
        var requests = Enumerable.Range(0, count).Select(i => new LoadRequest(first + i, course, i % LoadCourses.Students)).ToList();
        await Task.WhenAll(requests.Select(request => request.RunAsync(clients[LoadCourses.Student(course, request.Student)], Cancel)));
        Assert.All(requests, request => Assert.Null(request.Failure ?? WrongText(request, 80)));
        return requests;
    }

    private static List<double> FirstTexts(IEnumerable<LoadRequest> requests) => [.. requests.Select(request => request.FirstText.TotalSeconds).Order()];

    private static double Median(List<double> sorted) => (sorted[sorted.Count / 2] + sorted[(sorted.Count - 1) / 2]) / 2;

    private async Task KeepAsync(LoadReport report)
    {
        output.WriteLine(report.ToString());
        if (Environment.GetEnvironmentVariable("TUTOR_LOAD_TABLE") is { Length: > 0 } file)
            await File.AppendAllTextAsync(Path.Combine(Repository.Root, file), $"{report}\n", Cancel);
    }

    private static async Task<List<(LoadRequest Request, Task Done)>> PlayAsync(Dictionary<string, ApiClient> clients, int first, int seconds, double perSecond)
    {
        var sent = new List<(LoadRequest, Task)>();
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < seconds * perSecond; i++)
        {
            var early = TimeSpan.FromSeconds(i / perSecond) - Stopwatch.GetElapsedTime(from);
            if (early > TimeSpan.Zero) await Task.Delay(early, Cancel);
            var request = LoadRequest.OfAll(first + i);
            sent.Add((request, request.RunAsync(clients[LoadCourses.Student(request.Course, request.Student)], Cancel)));
        }
        return sent;
    }

    private static string? WrongText(LoadRequest request, int tokens) =>
        request.Reading.Finished is { Writer: "model" } && request.Reading.Text != SimulatedText.Of($"Case {request.Number}", tokens)
            ? "The text is not the one the model host writes." : null;

    // From its start to its end, without what model hosts and student programs took.
    private static async Task<IEnumerable<double>> OwnTimeAsync(Database database, int count) => await database.QueryAsync<double>(
        """
        SELECT 1.0 * (i.finished_at - i.started_at - COALESCE((
            SELECT SUM(s.ended_at - s.started_at) FROM interaction_step s
            WHERE s.interaction_id = i.id AND s.step IN ('generate', 'evidence')), 0)) AS own
        FROM interaction i WHERE i.state = 'done' ORDER BY i.asked_at LIMIT @count
        """,
        new { count }, Cancel);

    private static async Task<string> LedgerAsync(Database database)
    {
        var answered = await database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM interaction WHERE state = 'done'", null, Cancel);
        var counted = await database.QuerySingleOrDefaultAsync<int>("SELECT SUM(used) FROM quota", null, Cancel);
        var attempts = await database.QuerySingleOrDefaultAsync<int>("SELECT MAX(attempt) FROM interaction", null, Cancel);
        return $"{answered} answered, {counted} counted, most attempts {attempts}";
    }

    private static async Task<Dictionary<string, ApiClient>> SignInAllAsync(Database database, Uri address)
    {
        var tokens = new ApiTokenStore(database, TimeProvider.System);
        var clients = new Dictionary<string, ApiClient>();
        for (var course = 0; course < LoadCourses.Count; course++)
            for (var student = 0; student < LoadCourses.Students; student++)
            {
                var id = LoadCourses.Student(course, student);
                clients[id] = ApiClient.WithToken(address, (await tokens.IssueAsync(id, "load", Cancel)).Secret);
            }
        return clients;
    }

    private static Dictionary<string, string> Settings(string? url, int slots, params ModelHostProcess[] hosts)
    {
        var settings = PortalSettings.Courses(LoadCourses.Write());
        settings["DOTNET_TieredPGO"] = "1"; // as an installation runs it
        if (url is not null) settings["Database:Url"] = url;
        for (var i = 0; i < hosts.Length; i++)
        {
            settings[$"ModelHosts:Hosts:{i}:Name"] = $"simulated-{i + 1}";
            settings[$"ModelHosts:Hosts:{i}:Url"] = new Uri(hosts[i].Address, "v1").ToString();
            settings[$"ModelHosts:Hosts:{i}:Model"] = "simulated";
            settings[$"ModelHosts:Hosts:{i}:ThinksFirst"] = "false";
            settings[$"ModelHosts:Hosts:{i}:Slots"] = slots.ToString(CultureInfo.InvariantCulture);
        }
        return settings;
    }
}
