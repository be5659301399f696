using Tutor.Core.Hints;
using Tutor.Core.Hints.Pipeline;
using Tutor.Core.Interactions;
using Tutor.Core.People;
using Tutor.Core.Welfare;
using Tutor.Data.Escalations;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Data.Welfare;
using static Tutor.UnitTests.Data.LedgerFile;
using ExerciseKind = Tutor.Core.Courses.ExerciseKind;

namespace Tutor.UnitTests.Data.Welfare;

public abstract class WelfareStoreTests
{
    public sealed class OnSqlite : WelfareStoreTests;
    public sealed class OnPostgres : WelfareStoreTests, IOnPostgres;

    private const string Words = "I want to die.";
    private static readonly Viewer contact = new("wanda-welfare");
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_welfare_contact_reads_the_message_and_takes_it_up()
    {
        using var ledger = await WithContactAsync();
        await WriteAsync(ledger);
        var store = new WelfareStore(ledger.Database, ledger.Audit, ledger.Clock);

        var notice = Assert.Single(await store.ListAsync(Course, contact, cancel));
        Assert.True(await store.TakeUpAsync(Course, notice.Id, contact, "Called at noon.", cancel));

        Assert.Equal(("sam-student", "want to die", Words), (notice.StudentName, notice.Quote.Replace("I ", ""), notice.Message));
        Assert.Equal("Called at noon.", (await store.ListAsync(Course, contact, cancel))[0].Note);
    }

    [Fact]
    public async Task Nobody_else_does()
    {
        using var ledger = await WithContactAsync();
        await WriteAsync(ledger);
        var store = new WelfareStore(ledger.Database, ledger.Audit, ledger.Clock);
        var notice = (await store.ListAsync(Course, contact, cancel))[0];

        foreach (var viewer in new[] { Ta, Instructor, Student, Other, Stranger })
        {
            Assert.Empty(await store.ListAsync(Course, viewer, cancel));
            Assert.False(await store.TakeUpAsync(Course, notice.Id, viewer, "mine", cancel));
        }
    }

    [Fact]
    public async Task Staff_find_the_message_in_no_list_no_search_no_thread_and_no_queue()
    {
        using var ledger = await WithContactAsync();
        var id = await WriteAsync(ledger);
        var (other, attempt) = await ledger.RunAsync(cancel);
        await ledger.Ledger.FinishAsync(Finished(other, attempt), cancel);
        var escalations = new EscalationStore(ledger.Database, new EscalationFeed(Microsoft.Extensions.Logging.Abstractions.NullLogger<EscalationFeed>.Instance),
            Microsoft.Extensions.Options.Options.Create(new EscalationOptions()), ledger.Names, ledger.Audit, ledger.Clock);
        var reader = new InteractionReader(ledger.Database, escalations, ledger.Names, ledger.Audit, ledger.Clock);
        var log = new InteractionLog(ledger.Database, ledger.Names);

        foreach (var staff in new[] { Ta, Instructor })
        {
            Assert.Null(await ledger.Interactions.FindAsync(id, staff, cancel));
            Assert.Null(await reader.FindAsync(id, staff, cancel));
            Assert.DoesNotContain((await reader.FindAsync(other, staff, cancel))!.Thread, t => t.Id == id);
            Assert.DoesNotContain(await ledger.Interactions.ThreadAsync(Course, Exercise, Student.PersonId, staff, cancel), t => t.Id == id);
            Assert.DoesNotContain((await log.ListAsync(Course, staff, new LogFilter(), null, null, 50, cancel)).Rows, r => r.Id == id);
            Assert.Empty((await log.ListAsync(Course, staff, new LogFilter { Text = "die" }, null, null, 50, cancel)).Rows);
        }

        Assert.Null(await escalations.AskAsync(id, Student, "help", cancel));
        Assert.Null(await ledger.Interactions.FindAsync(id, contact, cancel));
        Assert.Equal(0, await ledger.CountAsync($"flag WHERE interaction_id = '{id}'", cancel));
    }

    [Fact]
    public async Task It_stands_in_no_later_prompt_and_leaves_the_level_as_it_was()
    {
        using var ledger = await WithContactAsync();
        await WriteAsync(ledger);
        var next = (await ledger.Interactions.LoadAsync(await ledger.AskAsync(cancel), cancel))!;

        Assert.Empty(await ledger.Interactions.EarlierTurnsAsync(next, 10, cancel));
        Assert.Null(await ledger.Interactions.FindLastAnswerAsync(Course, Exercise, Student.PersonId, cancel));
    }

    [Fact]
    public async Task It_is_answered_at_once_and_counts_for_no_quota()
    {
        using var ledger = await WithContactAsync();
        var id = await WriteAsync(ledger);

        var row = (await ledger.Interactions.FindAsync(id, Student, cancel))!;

        Assert.Equal((InteractionState.Done, "Please talk to someone today.", true), (row.State, row.Answer, row.Welfare));
        Assert.Equal(0, (await ledger.Interactions.QuotaAsync(Course, Student.PersonId, 40, cancel)).Used);
    }

    private static async Task<LedgerFile> WithContactAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var ledger = await CreateAsync(cancel);
        await ledger.People.UpsertAsync(new Person { Id = contact.PersonId, Name = "Wanda Welfare" }, cancel);
        await ledger.People.JoinAsync(Course, contact.PersonId, Role.Welfare, cancel);
        return ledger;
    }

    private async Task<string> WriteAsync(LedgerFile ledger)
    {
        var distress = DistressRule.Find(Words, "", ExerciseKind.Code)!;
        var result = await ledger.Ledger.AnswerAsync(new NewInteraction
        {
            ClientKey = "distress", StudentId = Student.PersonId, CourseId = Course, CourseVersionId = "v", ExerciseId = Exercise,
            Kind = InteractionKind.Hint, Level = HintLevel.Nudge, Work = "", Question = Words,
        }, SupportReply.To(distress, new SupportOptions { Text = "Please talk to someone today." }), cancel);
        return Assert.IsType<SubmitResult.Accepted>(result).InteractionId;
    }
}
