namespace Tutor.UnitTests.Runtime.Admission;

public sealed class FairnessTests : IDisposable
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-fairness-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_course_that_floods_the_queue_hardly_delays_another()
    {
        const int slots = 4;
        var work = new ScriptedWork { WordTakes = TimeSpan.FromMilliseconds(4) };
        await using var host = await RuntimeHost.StartAsync(folder, work, cancel, ("Runtime:Slots", $"{slots}"));
        await host.AddCourseAsync("flood", students: 12, cancel);
        await host.AddCourseAsync("calm", students: 4, cancel);
        var flood = Enumerable.Range(0, 60).Select(i => host.AskAsync("flood", cancel, student: 1 + i % 12)).ToList();
        await Task.WhenAll(flood);

        var begunBefore = work.Started.Count;
        for (var student = 1; student <= 4; student++) await host.AskAsync("calm", cancel, student);
        await RuntimeHost.UntilAsync(() => Task.FromResult(work.Started.Count(request => request.Course.CourseId == "calm") == 4), cancel);

        // Courses take turns, so four hints of the calm one are among the next eight begun; those begun while they were being
        // handed in, and those let in before them, come on top.
        var order = work.Started.Skip(begunBefore).Select(request => request.Course.CourseId).ToList();
        Assert.True(order.LastIndexOf("calm") < 2 * 4 + 2 * slots, string.Join(" ", order));
        Assert.True(work.Started.Count < 60, "The flood was over before the calm course began; the test shows nothing.");
    }

    [Fact]
    public async Task A_small_course_waits_at_most_a_fifth_of_one_that_floods_eight_slots_with_a_hundred_and_twenty_requests()
    {
        var work = new ScriptedWork { WordTakes = TimeSpan.FromMilliseconds(15) };
        await using var host = await RuntimeHost.StartAsync(folder, work, cancel, ("Runtime:Slots", "8"));
        await host.AddCourseAsync("flood", students: 12, cancel);
        await host.AddCourseAsync("calm", students: 8, cancel);
        // Waiting is counted in hints that others begin meanwhile: all take equally long, and a busy machine slows all alike.
        var asked = new Dictionary<string, int>();
        for (var i = 0; i < 120; i++) asked[await host.AskAsync("flood", cancel, student: 1 + i % 12)] = work.Started.Count;
        for (var student = 1; student <= 8; student++) asked[await host.AskAsync("calm", cancel, student)] = work.Started.Count;
        await RuntimeHost.UntilAsync(() => Task.FromResult(work.Started.Count == 128), cancel);

        var waits = work.Started.Select((request, index) => (request.Course.CourseId, Wait: index - asked[request.InteractionId]))
            .ToLookup(begun => begun.CourseId, begun => begun.Wait);
        var (calm, flood) = (Median(waits["calm"]), Median(waits["flood"]));
        Assert.True(calm * 5 <= flood, $"Half of the calm course's hints waited for {calm} others, half of the flooding one's for {flood}.");
    }

    private static double Median(IEnumerable<int> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[sorted.Count / 2] + sorted[(sorted.Count - 1) / 2]) / 2.0;
    }
}
