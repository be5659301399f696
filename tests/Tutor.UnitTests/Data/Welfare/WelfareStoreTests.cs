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
        var store = Store(ledger);

        var entry = Assert.Single((await store.ListAsync(Course, contact, 0, 10, cancel)).Entries);
        var notice = Assert.Single(entry.Notices);
        Assert.True(await store.TakeUpAsync(Course, notice.Id, contact, "Called at noon.", cancel));

        Assert.Equal(("sam-student", "want to die", Words), (entry.StudentName, notice.Quote.Replace("I ", ""), notice.Message));
        var after = (await store.ListAsync(Course, contact, 0, 10, cancel)).Entries[0];
        Assert.Equal(("Called at noon.", null), (after.Notices[0].Note, after.WaitingSince));
    }

    [Fact]
    public async Task Nobody_else_does()
    {
        using var ledger = await WithContactAsync();
        await WriteAsync(ledger);
        var store = Store(ledger);
        var notice = (await store.ListAsync(Course, contact, 0, 10, cancel)).Entries[0].Notices[0];

        foreach (var viewer in new[] { Ta, Instructor, Student, Other, Stranger })
        {
            Assert.Empty((await store.ListAsync(Course, viewer, 0, 10, cancel)).Entries);
            Assert.Equal(0, await store.CountAsync(Course, viewer, cancel));
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

    [Fact]
    public async Task However_many_messages_one_student_sends_the_others_are_on_the_first_page_and_all_are_counted()
    {
        using var ledger = await WithContactAsync();
        for (var number = 0; number < 250; number++)
            await TryWriteAsync(ledger, Other, $"spam {number}");
        ledger.Clock.Advance(TimeSpan.FromMinutes(1));
        await TryWriteAsync(ledger, Student, "genuine");
        var store = Store(ledger);

        var list = await store.ListAsync(Course, contact, 0, 20, cancel);

        Assert.Equal((2, 2, 2), (list.Students, list.Waiting, await store.CountAsync(Course, contact, cancel)));
        Assert.Equal([(Other.PersonId, 250), (Student.PersonId, 1)], list.Entries.Select(entry => (entry.StudentId, entry.Messages)));
        Assert.Equal(3, list.Entries[0].Notices.Count);
        Assert.Equal(247, list.Entries[0].Notices[0].More);
        Assert.Equal(4, await ledger.CountAsync("interaction WHERE welfare", cancel));
    }

    [Fact]
    public async Task Who_waits_longest_comes_first_those_taken_up_last_and_each_page_goes_on_where_the_one_before_ended()
    {
        using var ledger = await WithContactAsync();
        var students = Enumerable.Range(0, 7).Select(number => new Viewer($"student-{number}")).ToList();
        foreach (var student in students)
        {
            await ledger.People.UpsertAsync(new Person { Id = student.PersonId, Name = student.PersonId }, cancel);
            await ledger.People.JoinAsync(Course, student.PersonId, Role.Student, cancel);
            ledger.Clock.Advance(TimeSpan.FromMinutes(1));
            await TryWriteAsync(ledger, student, student.PersonId);
        }
        var store = Store(ledger);
        // The first one writes again after the others: it waits no shorter for that. The second is taken up.
        await TryWriteAsync(ledger, students[0], "again");
        await store.TakeUpAsync(Course, (await store.ListAsync(Course, contact, 1, 1, cancel)).Entries[0].Notices[0].Id, contact, "", cancel);

        var pages = new List<WelfareEntries>();
        for (var skip = 0; skip < 9; skip += 3) pages.Add(await store.ListAsync(Course, contact, skip, 3, cancel));

        Assert.Equal([0, 2, 3, 4, 5, 6, 1], pages.SelectMany(page => page.Entries).Select(entry => entry.StudentId[^1] - '0'));
        Assert.All(pages, page => Assert.Equal((7, 6), (page.Students, page.Waiting)));
    }

    [Fact]
    public async Task What_a_student_writes_after_it_was_taken_up_waits_again_and_is_kept()
    {
        using var ledger = await WithContactAsync();
        var store = Store(ledger);
        for (var number = 0; number < 9; number++) await TryWriteAsync(ledger, Student, $"first {number}");
        var seen = (await store.ListAsync(Course, contact, 0, 10, cancel)).Entries[0].Notices[0].Id;
        Assert.True(await store.TakeUpAsync(Course, seen, contact, "Called", cancel));
        Assert.Equal(0, await store.CountAsync(Course, contact, cancel));

        ledger.Clock.Advance(TimeSpan.FromMinutes(2));
        await TryWriteAsync(ledger, Student, "and now");

        var entry = Assert.Single((await store.ListAsync(Course, contact, 0, 10, cancel)).Entries);
        Assert.Equal((1, ledger.Clock.GetUtcNow().ToUnixTimeMilliseconds()), (await store.CountAsync(Course, contact, cancel), entry.WaitingSince));
        Assert.Contains("and now", entry.Notices[0].Message, StringComparison.Ordinal);
        Assert.False(await store.TakeUpAsync(Course, seen, contact, "again", cancel));
    }

    private static async Task<LedgerFile> WithContactAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var ledger = await CreateAsync(cancel);
        await ledger.People.UpsertAsync(new Person { Id = contact.PersonId, Name = "Wanda Welfare" }, cancel);
        await ledger.People.JoinAsync(Course, contact.PersonId, Role.Welfare, cancel);
        return ledger;
    }

    private static WelfareStore Store(LedgerFile ledger) => new(ledger.Database, new WelfareFeed(), ledger.Audit, ledger.Clock);

    private async Task<string> WriteAsync(LedgerFile ledger) =>
        Assert.IsType<SubmitResult.Accepted>(await TryWriteAsync(ledger, Student, Words)).InteractionId;

    private async Task<SubmitResult.Accepted?> TryWriteAsync(LedgerFile ledger, Viewer student, string words)
    {
        var question = words == Words ? Words : $"{Words} {words}";
        var distress = DistressRule.Find(question, "", ExerciseKind.Code)!;
        return await ledger.Ledger.AnswerAsync(new NewInteraction
        {
            ClientKey = words, StudentId = student.PersonId, CourseId = Course, CourseVersionId = "v", ExerciseId = Exercise,
            Kind = InteractionKind.Hint, Level = HintLevel.Nudge, Work = "", Question = question,
        }, SupportReply.To(distress, new SupportOptions { Text = "Please talk to someone today." }), cancel);
    }
}
