using Tutor.Core.Evidence;
using Tutor.Data.People;
using Tutor.Data.Progress;

namespace Tutor.UnitTests.Data.Progress;

public abstract class ProgressStoreTests : IDisposable
{
    public sealed class OnSqlite : ProgressStoreTests;
    public sealed class OnPostgres : ProgressStoreTests, IOnPostgres;

    private static readonly Viewer sam = new("sam-student");
    private readonly TempLedger ledger = new();
    private readonly TestClock clock = new();
    private readonly ProgressStore progress;

    public ProgressStoreTests() => progress = new(ledger.Database, clock);

    [Fact]
    public async Task The_last_run_counts_and_solved_stays_solved()
    {
        await JoinAsync();

        await progress.NoteRunAsync("intro-python", "median", sam, Run(TestOutcome.Passed, TestOutcome.Passed), Cancel);
        var solvedAt = clock.Now.ToUnixTimeMilliseconds();
        clock.Advance(TimeSpan.FromMinutes(5));
        await progress.NoteRunAsync("intro-python", "median", sam, Run(TestOutcome.Passed, TestOutcome.WrongValue), Cancel);

        var median = (await progress.OfAsync("intro-python", sam, Cancel))["median"];
        Assert.Equal((1, 2, solvedAt), (median.Passed, median.Total, median.SolvedAt));
    }

    [Fact]
    public async Task A_person_outside_the_course_leaves_no_trace()
    {
        await JoinAsync();
        var stranger = new Viewer("stranger");

        await progress.NoteRunAsync("intro-python", "median", stranger, Run(TestOutcome.Passed), Cancel);

        Assert.Empty(await progress.OfAsync("intro-python", stranger, Cancel));
        Assert.Equal(0, (await ledger.Database.QueryAsync<int>("SELECT COUNT(*) FROM test_run", null, Cancel))[0]);
    }

    public void Dispose()
    {
        ledger.Dispose();
        GC.SuppressFinalize(this);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static RunEvidence Run(params TestOutcome[] outcomes) => new()
    {
        State = EvidenceState.Ran,
        Results = [.. outcomes.Select((outcome, i) => new Core.Evidence.TestResult { TestId = $"t{i}", Call = "f()", Public = true, Outcome = outcome })],
    };

    private Task<int> JoinAsync() => ledger.Database.ExecuteAsync(
        """
        INSERT INTO person (id, name, created_at) VALUES ('sam-student', 'Sam Student', 0);
        INSERT INTO course (id, name, term, created_at) VALUES ('intro-python', 'Python', 'Spring', 0);
        INSERT INTO membership (course_id, person_id, role, created_at) VALUES ('intro-python', 'sam-student', 'student', 0);
        """,
        null, Cancel);
}
