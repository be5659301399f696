using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Load;

/// <summary>One request of the load: sent, watched to its end, and timed.</summary>
internal sealed class LoadRequest(int number, int course, int student)
{
    public int Number => number;
    public int Course => course;
    public int Student => student;

    /// <summary>Why it failed; null when it was answered as it should be.</summary>
    public string? Failure { get; private set; } = "It did not end.";

    /// <summary>From sending it until the portal said that it is stored.</summary>
    public TimeSpan Stored { get; private set; }

    /// <summary>From sending it to the first text.</summary>
    public TimeSpan FirstText { get; private set; }

    /// <summary>What the student was told when the request joined a queue, and what it was.</summary>
    public (TimeSpan Told, TimeSpan Was)? Wait { get; private set; }
    public HintReading Reading { get; } = new();

    /// <summary>One of many that come from all courses and students in turn.</summary>
    public static LoadRequest OfAll(int number) => new(number, number % LoadCourses.Count, number / LoadCourses.Count % LoadCourses.Students);

    public async Task RunAsync(ApiClient client, CancellationToken cancel)
    {
        try
        {
            var from = Stopwatch.GetTimestamp();
            // A quarter brings a program nobody ran before; the rest is text, or a program that was run already.
            var (exercise, work) = (number % 4) switch
            {
                0 => (LoadCourses.Program, string.Create(CultureInfo.InvariantCulture, $"def total(numbers):\n    return sum(numbers) - {number}\n")),
                1 => (LoadCourses.Program, "def total(numbers):\n    return sum(numbers) - 1\n"),
                _ => (LoadCourses.Text, string.Create(CultureInfo.InvariantCulture, $"Schools should start later, because sleep matters. Draft {number}.")),
            };
            using var response = await client.PostHintAsync(
                LoadCourses.Course(course), exercise, new HintBody { ClientKey = $"load-{number}", Work = work, Question = $"Case {number}: what next?" }, cancel);
            Stored = Stopwatch.GetElapsedTime(from);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                Failure = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancel)}";
                return;
            }
            var id = (await response.Content.ReadFromJsonAsync<InteractionView>(cancel))!.Id;
            await WatchAsync(client, id, from, cancel);
            Failure = Reading.Finished switch
            {
                { State: "done" } done when done.Answer == Reading.Text => null,
                { State: "done" } => "The text received is not the text recorded.",
                var other => $"It ended as {other?.State}: {other?.Error}",
            };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Failure = $"{error.GetType().Name}: {error.Message}";
        }
    }

    private async Task WatchAsync(ApiClient client, string id, long from, CancellationToken cancel)
    {
        (TimeSpan Told, long At)? queued = null;
        await foreach (var item in client.StreamAsync(id, 0, 0, cancel))
        {
            Reading.Take(item);
            if (item.EventType == "queued" && queued is null && item.Data.GetProperty("place").ValueKind == System.Text.Json.JsonValueKind.Number)
                queued = (TimeSpan.FromSeconds(item.Data.GetProperty("expectedWaitSeconds").GetInt32()), Stopwatch.GetTimestamp());
            if (item.EventType == "step" && Wait is null && queued is { } place) Wait = (place.Told, Stopwatch.GetElapsedTime(place.At));
            if (item.EventType == "text" && FirstText == default) FirstText = Stopwatch.GetElapsedTime(from);
        }
    }
}
