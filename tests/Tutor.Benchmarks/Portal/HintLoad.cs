using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tutor.Data;
using Tutor.Data.People;
using Tutor.Tests.Shared;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.Benchmarks.Portal;

/// <summary>Students who ask through the machine API at once, against a host that writes at the pace of a model.</summary>
internal sealed class HintLoad : IAsyncDisposable
{
    private const int Tokens = 120;
    private static readonly TimeSpan firstToken = TimeSpan.FromMilliseconds(400), token = TimeSpan.FromMilliseconds(30);

    private readonly IReadOnlyList<HttpClient> students;

    private HintLoad(IReadOnlyList<HttpClient> students) => this.students = students;

    public static async Task RunAsync(Dictionary<string, string> settings)
    {
        var table = new Table("students at once", "hints", "failed", "most at the host", "overhead p50 ms", "p95 ms", "stored p50 ms", "first text after the model's p50 ms", "whole p50 s");
        foreach (var (count, each) in new[] { (1, 12), (50, 4), (300, 2) })
        {
            await using var model = await ScriptedModelHost.StartAsync(_ => new ScriptedReply(Words()) { ChunkSize = 6, FirstTokenDelay = firstToken, ChunkDelay = token });
            var course = await BenchCourse.WriteAsync(count);
            await using var portal = await PortalProcess.StartAsync(
                default, new Dictionary<string, string>(settings) { ["Courses:Path"] = course.Folder }.WithModelHost(model.Url, count));
            await using var load = await SignInAsync(portal, course, count);
            // The first hints compile what they run through.
            await load.AskAsync(hintsEach: 1, model);
            var hints = await load.AskAsync(each, model);
            table.Add(count, hints.Count, hints.Count(h => h.State != "done"), model.MostRunning, Of(hints, h => h.Overhead, 0.5), Of(hints, h => h.Overhead, 0.95),
                Of(hints, h => h.Stored, 0.5), Of(hints, h => h.FirstText, 0.5), Of(hints, h => h.Whole / 1000, 0.5));
        }
        Console.WriteLine(
            $"Students ask by HTTP, read the event stream to its end and ask again; the host (OpenAI chat API over HTTP, first token after {firstToken.TotalMilliseconds:0} ms, "
            + $"then one each {token.TotalMilliseconds:0} ms, {Tokens} tokens), the clients and the portal share the machine. Overhead is the whole time less the host's own time for that request.\n\n{table}");
    }

    public static async Task<HintLoad> SignInAsync(PortalProcess portal, BenchCourse course, int students)
    {
        using var database = new Database(portal.DatabasePath);
        await course.EnrolAsync(database);
        var tokens = new ApiTokenStore(database, TimeProvider.System);
        var clients = new List<HttpClient>();
        for (var student = 1; student <= students; student++)
        {
            var http = new HttpClient { BaseAddress = portal.Address, Timeout = TimeSpan.FromMinutes(5) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await tokens.IssueAsync(BenchCourse.Student(student), "bench", default)).Secret);
            clients.Add(http);
        }
        return new(clients);
    }

    public async Task<IReadOnlyCollection<MeasuredHint>> AskAsync(int hintsEach, ScriptedModelHost model)
    {
        var atModel = new ConcurrentDictionary<string, (long From, long To)>();
        model.Answered = (call, from, to) => atModel[Regex.Matches(call.Prompt, "case-([0-9a-f]{32})")[^1].Groups[1].Value] = (from, to);
        var hints = new ConcurrentBag<MeasuredHint>();
        await Task.WhenAll(students.Select(async student =>
        {
            // Students do not press the button in the same millisecond.
            await Task.Delay(Random.Shared.Next(3000));
            for (var i = 0; i < hintsEach; i++)
                hints.Add(await AskAsync(student, atModel));
        }));
        return hints;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var student in students) student.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<MeasuredHint> AskAsync(HttpClient student, ConcurrentDictionary<string, (long From, long To)> atModel)
    {
        var key = Guid.NewGuid().ToString("N");
        var asked = Stopwatch.GetTimestamp();
        using var response = await student.PostAsJsonAsync(
            $"/api/v1/courses/{BenchCourse.Id}/exercises/{BenchCourse.Exercise}/interactions",
            new HintBody { ClientKey = key, Work = "Trees are good for streets. They give shade. Many people like them.", Question = $"Is it clear? case-{key}" });
        response.EnsureSuccessStatusCode();
        var id = (await response.Content.ReadFromJsonAsync<InteractionView>())!.Id;
        var (stored, firstText, state) = (Stopwatch.GetTimestamp(), 0L, "");
        await using var stream = await student.GetStreamAsync($"/api/v1/interactions/{id}/stream");
        await foreach (var item in SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize<JsonElement>(data)).EnumerateAsync())
        {
            if (item.EventType == "text" && firstText == 0) firstText = Stopwatch.GetTimestamp();
            if (item.EventType == "finished") state = item.Data.GetProperty("state").GetString()!;
        }
        var seen = Stopwatch.GetTimestamp();
        var (from, to) = atModel.TryGetValue(key, out var times) ? times : (asked, asked);
        var whole = Milliseconds(asked, seen);
        return new(state, whole, whole - Milliseconds(from, to), Milliseconds(asked, stored), Milliseconds(from, firstText) - firstToken.TotalMilliseconds);
    }

    private static string Words() => string.Concat(Enumerable.Range(0, Tokens).Select(n => n % 12 == 11 ? "more?\n" : "words ")).TrimEnd();

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static string Of(IReadOnlyCollection<MeasuredHint> hints, Func<MeasuredHint, double> what, double rank)
    {
        var values = hints.Select(what).Order().ToList();
        return values[(int)(rank * (values.Count - 1))].ToString("0.0", CultureInfo.InvariantCulture);
    }
}

/// <summary>One hint's times in milliseconds.</summary>
/// <param name="Overhead">From the question to the last event, less what the model host took.</param>
/// <param name="FirstText">From the host's first token to the first text at the client.</param>
internal sealed record MeasuredHint(string State, double Whole, double Overhead, double Stored, double FirstText);
