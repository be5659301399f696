using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Flags;
using Tutor.Core.Interactions;
using Tutor.Data.Flags;
using Tutor.Data.Privacy;
using Tutor.Data.Interactions;
using static Tutor.UnitTests.Data.LedgerFile;

namespace Tutor.UnitTests.Data.Flags;

public abstract class FlagRecordTests
{
    public sealed class OnSqlite : FlagRecordTests;
    public sealed class OnPostgres : FlagRecordTests, IOnPostgres;

    private static readonly FlagFinding injection = new(FlagCategory.Injection, "injection-override", 1, FlagSeverity.Review, "question", 0, "Why", "Asks to override.")
    {
        Threshold = "one match", InputSha256 = new string('a', 64), SecondOpinion = new SecondOpinion("small-model", "injection", 2, "Why"),
    };

    private static readonly FlagFinding nudge = injection with { Category = FlagCategory.SolutionSeeking, RuleId = "solution-whole-answer", Severity = FlagSeverity.Nudge, SecondOpinion = null };

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flag_keeps_its_rule_threshold_hash_and_second_opinion()
    {
        using var ledger = await CreateAsync(cancel);
        await FlaggedAsync(ledger, injection);
        var queue = new FlagQueue(ledger.Database, ledger.Names, ledger.Audit);

        var row = Assert.Single((await queue.ListAsync(Course, Ta, FlagState.Open, null, null, 10, cancel)).Rows);
        var flag = (await queue.FindAsync(Course, row.Id, Ta, cancel))!.Flag;

        Assert.Equal(("injection-override", 1, "one match", injection.InputSha256), (flag.RuleId, flag.RuleVersion, flag.Threshold, flag.InputSha256));
        Assert.Equal(("small-model", "injection", 2, "Why"), (flag.Model, flag.ModelCategory, flag.ModelConfidence, flag.ModelQuote));
    }

    [Fact]
    public async Task A_nudge_marks_no_request_and_is_listed_by_its_rule_without_a_name()
    {
        using var ledger = await CreateAsync(cancel);
        var id = await FlaggedAsync(ledger, nudge);
        var queue = new FlagQueue(ledger.Database, ledger.Names, ledger.Audit);

        var row = Assert.Single((await queue.ListAsync(Course, Instructor, FlagState.Open, nudge.RuleId, null, 10, cancel)).Rows);

        Assert.Equal(((StudentName?)null, (string?)null), (row.Student, row.InteractionId));
        Assert.Null((await queue.FindAsync(Course, row.Id, Instructor, cancel))!.Student);
        Assert.Empty((await queue.ListAsync(Course, Instructor, FlagState.Open, null, null, 10, cancel)).Rows);
        Assert.False((await ledger.Interactions.FindAsync(id, Instructor, cancel))!.Flagged);
    }

    [Fact]
    public async Task The_student_sees_the_flag_and_the_decision_and_answers_and_staff_read_the_answer()
    {
        using var ledger = await CreateAsync(cancel);
        await FlaggedAsync(ledger, injection);
        var own = new OwnFlags(ledger.Database, ledger.Clock);
        var flag = Assert.Single(await own.InAsync(Course, Student, cancel));
        await new FlagReviews(ledger.Database, ledger.Audit, ledger.Clock).DecideAsync(flag.Id, Ta, confirmed: false, "A quotation.", cancel);

        Assert.True(await own.AnswerAsync(flag.Id, Student, " I quoted the lecture. ", cancel));
        Assert.False(await own.AnswerAsync(flag.Id, Other, "not mine", cancel));

        var seen = Assert.Single(await own.InAsync(Course, Student, cancel));
        Assert.Equal((FlagState.Dismissed, "A quotation.", "I quoted the lecture."), (seen.State, seen.ReviewReason, seen.Answer));
        Assert.Equal("I quoted the lecture.", (await new FlagQueue(ledger.Database, ledger.Names, ledger.Audit).FindAsync(Course, flag.Id, Instructor, cancel))!.Flag.Answer);
        Assert.Empty(await own.InAsync(Course, Other, cancel));
    }

    [Fact]
    public async Task Each_rule_shows_how_often_people_agreed_with_it()
    {
        using var ledger = await CreateAsync(cancel);
        var reviews = new FlagReviews(ledger.Database, ledger.Audit, ledger.Clock);
        var own = new OwnFlags(ledger.Database, ledger.Clock);
        for (var i = 0; i < 4; i++) await FlaggedAsync(ledger, injection);
        var flags = await own.InAsync(Course, Student, cancel);
        foreach (var (flag, confirmed) in flags.Take(3).Zip([true, true, false])) await reviews.DecideAsync(flag.Id, Ta, confirmed, "Read it.", cancel);

        var rule = Assert.Single(await new FlagReliability(ledger.Database, ledger.Names, ledger.Audit, ledger.Clock).RulesAsync(Course, Instructor, cancel));

        Assert.Equal((1, 2, 1), (rule.Open, rule.Confirmed, rule.Dismissed));
        Assert.Equal(2.0 / 3, rule.Precision.Value!.Value, 6);
        // Wilson, 2 of 3 at 95 %: 0.208 to 0.939 (Newcombe 1998, method 3).
        Assert.Equal((0.208, 0.939), (Math.Round(rule.Precision.Interval.Low, 3), Math.Round(rule.Precision.Interval.High, 3)));
        Assert.Empty(await new FlagReliability(ledger.Database, ledger.Names, ledger.Audit, ledger.Clock).RulesAsync(Course, Student, cancel));
    }

    [Fact]
    public async Task Misses_are_estimated_from_the_sample_of_unflagged_requests()
    {
        using var ledger = await CreateAsync(cancel);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add(await FlaggedAsync(ledger, nudge));
        await ledger.Database.ExecuteAsync("DELETE FROM flag_sample", null, cancel);
        foreach (var id in ids.Take(3))
            await ledger.Database.ExecuteAsync("INSERT INTO flag_sample (interaction_id, course_id, drawn_at) VALUES (@id, @Course, 0)", new { id, Course }, cancel);
        var reliability = new FlagReliability(ledger.Database, ledger.Names, ledger.Audit, ledger.Clock);

        var first = (await reliability.NextSampleAsync(Course, Ta, cancel))!;
        await reliability.ReviewSampleAsync(Course, first.InteractionId, Ta, FlagCategory.Injection, "Asks for the prompt.", cancel);
        var second = (await reliability.NextSampleAsync(Course, Ta, cancel))!;
        await reliability.ReviewSampleAsync(Course, second.InteractionId, Ta, null, "", cancel);
        await Assert.ThrowsAsync<ArgumentException>(() => reliability.ReviewSampleAsync(Course, second.InteractionId, Ta, FlagCategory.Injection, " ", cancel));

        var estimate = await reliability.MissesAsync(Course, Instructor, cancel);
        Assert.Equal((5, 1, 2, 1), (estimate.Unflagged, estimate.Waiting, estimate.Reviewed, estimate.Missed));
        Assert.NotEqual(first.InteractionId, second.InteractionId);
        Assert.True(estimate.Misses is (>= 0 and < 3, > 2 and <= 5), $"{estimate.Misses}");
    }

    [Fact]
    public async Task Flags_are_deleted_120_days_after_the_term_and_no_day_before()
    {
        using var ledger = await CreateAsync(cancel);
        var id = await FlaggedAsync(ledger, injection);
        var expiry = new FlagExpiry(ledger.Database, Options.Create(new FlagOptions()), ledger.Clock, NullLogger<FlagExpiry>.Instance);
        var termEnds = ledger.Clock.GetUtcNow().AddDays(60);
        await ledger.Database.ExecuteAsync("UPDATE course SET term_ends = @at", new { at = termEnds.ToUnixTimeMilliseconds() }, cancel);

        ledger.Clock.Now = termEnds.AddDays(119);
        await expiry.DeleteAsync(cancel);
        var before = await ledger.CountAsync("flag", cancel);
        ledger.Clock.Now = termEnds.AddDays(121);
        await expiry.DeleteAsync(cancel);

        Assert.Equal((1, 0), (before, await ledger.CountAsync("flag", cancel)));
        Assert.False((await ledger.Interactions.FindAsync(id, Instructor, cancel))!.Flagged);
    }

    [Fact]
    public async Task Confirmed_flags_take_nothing_from_a_student()
    {
        using var ledger = await CreateAsync(cancel);
        var reviews = new FlagReviews(ledger.Database, ledger.Audit, ledger.Clock);
        for (var i = 0; i < 10; i++) await FlaggedAsync(ledger, injection);
        foreach (var flag in await new OwnFlags(ledger.Database, ledger.Clock).InAsync(Course, Student, cancel))
            await reviews.DecideAsync(flag.Id, Instructor, confirmed: true, "Confirmed.", cancel);

        var flagged = Assert.IsType<SubmitResult.Accepted>(await ledger.SubmitAsync(cancel, student: Student));
        for (var i = 0; i < 10; i++) await ledger.SubmitAsync(cancel, student: Other);
        var unflagged = Assert.IsType<SubmitResult.Accepted>(await ledger.SubmitAsync(cancel, student: Other));

        Assert.Equal(unflagged.HintOfTheDay, flagged.HintOfTheDay);
        Assert.Equal(await PrioritiesAsync(ledger, Other), await PrioritiesAsync(ledger, Student));
        Assert.Equal((await ledger.Interactions.QuotaAsync(Course, Other.PersonId, 40, cancel)).Left, (await ledger.Interactions.QuotaAsync(Course, Student.PersonId, 40, cancel)).Left);
    }

    private Task<IReadOnlyList<int>> PrioritiesAsync(LedgerFile ledger, Tutor.Data.People.Viewer student) =>
        ledger.Database.QueryAsync<int>("SELECT priority FROM interaction WHERE student_id = @id ORDER BY priority", new { id = student.PersonId }, cancel);

    private async Task<string> FlaggedAsync(LedgerFile ledger, params FlagFinding[] flags)
    {
        var (id, attempt) = await ledger.RunAsync(cancel);
        var finished = Finished(id, attempt);
        Assert.True(await ledger.Ledger.FinishAsync(finished with { Outcome = finished.Outcome with { Flags = flags } }, cancel));
        return id;
    }
}
