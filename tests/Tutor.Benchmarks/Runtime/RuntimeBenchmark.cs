using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.People;
using Tutor.Data;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Runtime;
using Tutor.Runtime.Hints;
using Tutor.Runtime.Interactions;

namespace Tutor.Benchmarks.Runtime;

/// <summary>What ledger, admission, streaming and checkpoints add to a hint, besides the work itself.</summary>
internal static class RuntimeBenchmark
{
    private const string Course = "bench";
    private const int HintsEach = 4;
    private const int Words = 60;
    private static readonly TimeSpan wordTakes = TimeSpan.FromMilliseconds(25);
    private static readonly ConcurrentDictionary<string, (long From, long To)> worked = new();

    public static async Task RunAsync(string[] args)
    {
        var table = new Table(
            "students at once", "hints", "failed", "overhead p50 ms", "p95 ms", "stored p50 ms", "begun p50 ms", "recorded and seen p50 ms", "text updates per s");
        foreach (var students in new[] { 1, 10, 50, 300 })
            table.Add(await MeasureAsync(students));
        Console.WriteLine($"Each hint is {Words} words, one each {wordTakes.TotalMilliseconds:0} ms; every student asks again {HintsEach} times without a pause.\n");
        Console.WriteLine(table);
    }

    private static async Task<object[]> MeasureAsync(int students)
    {
        var folder = Directory.CreateTempSubdirectory("tutor-bench-");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.FullName });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Runtime:Slots", (string?)$"{students}")]);
        builder.Services.AddLogging();
        builder.Services.AddTutorData(builder.Configuration);
        builder.Services.AddSingleton<HintWork>(WorkAsync);
        builder.AddTutorRuntime();
        using var host = builder.Build();
        await host.StartAsync();
        await PrepareAsync(host.Services, students);
        var desk = host.Services.GetRequiredService<HintDesk>();
        await AskAsync(desk, student: 0, []);

        var hints = new ConcurrentBag<Measured>();
        await Task.WhenAll(Enumerable.Range(1, students).Select(async student =>
        {
            // Students do not press the button in the same millisecond.
            await Task.Delay(Random.Shared.Next(2000));
            for (var i = 0; i < HintsEach; i++) await AskAsync(desk, student, hints);
        }));
        await host.StopAsync();
        folder.Delete(recursive: true);
        return
        [
            students, hints.Count, hints.Count(h => h.State != InteractionState.Done), Of(hints, h => h.Overhead, 0.5), Of(hints, h => h.Overhead, 0.95),
            Of(hints, h => h.Stored, 0.5), Of(hints, h => h.Begun, 0.5), Of(hints, h => h.Seen, 0.5),
            $"{hints.Average(h => h.Updates / (h.Total / 1000)):0.0}",
        ];
    }

    private static async Task AskAsync(HintDesk desk, int student, ConcurrentBag<Measured> hints)
    {
        var asked = Stopwatch.GetTimestamp();
        var result = await desk.SubmitAsync(
            new SubmitRequest { ClientKey = Guid.NewGuid().ToString(), CourseId = Course, ExerciseId = "one", Work = "x = 1" }, Student(student), default);
        var id = ((SubmitResult.Accepted)result).InteractionId;
        var stored = Stopwatch.GetTimestamp();
        var (state, updates) = ("", 0);
        await foreach (var update in desk.WatchAsync(id, Student(student)))
        {
            if (update is HintUpdate.Text) updates++;
            if (update is HintUpdate.Finished finished) state = finished.Interaction.State;
        }
        var seen = Stopwatch.GetTimestamp();
        var (from, to) = worked[id];
        hints.Add(new Measured(state, Milliseconds(asked, seen), Milliseconds(from, to), Milliseconds(asked, stored), Milliseconds(stored, from), Milliseconds(to, seen), updates));
    }

    private static async IAsyncEnumerable<HintEvent> WorkAsync(HintRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var from = Stopwatch.GetTimestamp();
        var text = "";
        for (var i = 0; i < Words; i++)
        {
            await Task.Delay(wordTakes, cancel);
            var word = $"word{i} ";
            text += word;
            yield return new TextReleased(word);
        }
        worked[request.InteractionId] = (from, Stopwatch.GetTimestamp());
        yield return new HintFinished(new HintOutcome { State = InteractionState.Done, Answer = text, Writer = HintWriter.Model });
    }

    private static async Task PrepareAsync(IServiceProvider services, int students)
    {
        var cancel = CancellationToken.None;
        await services.GetRequiredService<CourseStore>().ImportAsync(new CoursePack
        {
            Id = Course, Name = Course, Term = "none", Prompt = "none", Quota = new Quota { HintsPerDay = 1000 },
            Exercises = [new Exercise { Id = "one", Title = "One", Kind = ExerciseKind.Code, Task = "One." }],
        }, cancel);
        var people = services.GetRequiredService<PersonStore>();
        for (var student = 0; student <= students; student++)
        {
            await people.UpsertAsync(new Person { Id = Student(student).PersonId, Name = $"Sam Student {student}" }, cancel);
            await people.JoinAsync(Course, Student(student).PersonId, Role.Student, cancel);
        }
    }

    private static Viewer Student(int number) => new($"sam-{number}");

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static string Of(IEnumerable<Measured> hints, Func<Measured, double> what, double rank)
    {
        var values = hints.Select(what).Order().ToList();
        return $"{values[(int)(rank * (values.Count - 1))]:0.0}";
    }

    private sealed record Measured(string State, double Total, double Work, double Stored, double Begun, double Seen, int Updates)
    {
        public double Overhead => Total - Work;
    }
}
