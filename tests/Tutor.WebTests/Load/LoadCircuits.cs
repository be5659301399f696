using System.Collections.Concurrent;
using System.Net;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Load;

/// <summary>Open pages that people move about in: each goes to another page every twenty seconds.</summary>
internal sealed class LoadCircuits(PortalProcess portal) : IAsyncDisposable
{
    private static readonly TimeSpan stay = TimeSpan.FromSeconds(20);

    private const int PagesEach = 25;

    private readonly ConcurrentBag<HeadlessCircuit> open = [];
    private readonly CancellationTokenSource end = new();
    private readonly List<(HttpClient Http, CookieContainer Cookies)> people = [];
    private Task moving = Task.CompletedTask;

    public IReadOnlyList<HeadlessCircuit> Open => [.. open];

    /// <summary>How long pages took to answer a click on a link.</summary>
    public ConcurrentBag<TimeSpan> Moves { get; } = [];

    /// <summary>Clicks that were not answered.</summary>
    public ConcurrentBag<string> Failures { get; } = [];

    public async Task OpenAsync(int count, CancellationToken cancel)
    {
        for (var person = 0; person <= Person(count - 1) || person % LoadCourses.Count > 0; person++)
            people.Add(await HttpVisitor.SignInAsync(portal.Address, LoadCourses.Student(person % LoadCourses.Count, person / LoadCourses.Count), cancel));
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancel }, async (number, stop) =>
        {
            var (http, cookies) = people[Person(number)];
            open.Add(await HeadlessCircuit.OpenAsync(portal.Address, Path(number, 0), cookies, http, stop));
        });
        moving = Task.WhenAll(open.Select((circuit, number) => MoveAsync(circuit, number, end.Token)));
    }

    /// <summary>Lets everybody stay where they are.</summary>
    public async Task StopMovingAsync()
    {
        await end.CancelAsync();
        await moving;
    }

    public async ValueTask DisposeAsync()
    {
        await StopMovingAsync();
        foreach (var circuit in open) await circuit.DisposeAsync();
        people.ForEach(person => person.Http.Dispose());
        end.Dispose();
    }

    // Of the course that the page belongs to, and with no more pages than a person may have.
    private static int Person(int number) => number % LoadCourses.Count + number / (LoadCourses.Count * PagesEach) * LoadCourses.Count;

    private static string Path(int number, int step) =>
        $"courses/{LoadCourses.Course(number % LoadCourses.Count)}{(step % 2 == 0 ? $"/exercises/{LoadCourses.Text}" : "/requests")}";

    private async Task MoveAsync(HeadlessCircuit circuit, int number, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(stay * Random.Shared.NextDouble(), cancel);
            for (var step = 1; ; step++)
            {
                Moves.Add(await circuit.GoToAsync(new Uri(portal.Address, Path(number, step)), cancel));
                await Task.Delay(stay, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The load is over.
        }
        catch (Exception error)
        {
            Failures.Add($"{error.GetType().Name}: {error.Message}");
        }
    }
}
