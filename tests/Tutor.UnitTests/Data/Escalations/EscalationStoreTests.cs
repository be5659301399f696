using Tutor.Core.Escalations;
using Tutor.Data.Escalations;
using Tutor.Data.People;
using Tutor.Tests.Shared;
using static Tutor.UnitTests.Data.SeededCourse;

namespace Tutor.UnitTests.Data.Escalations;

public abstract class EscalationStoreTests
{
    public sealed class OnSqlite : EscalationStoreTests;
    public sealed class OnPostgres : EscalationStoreTests, IOnPostgres;

    [Fact]
    public async Task A_student_asks_once_however_often_the_button_is_pressed()
    {
        using var course = await WithAsync(20);
        var (id, student) = await course.FinishedAsync();

        var first = await course.Escalations.AskAsync(id, student, "I still do not see it.", Cancel);
        var second = await course.Escalations.AskAsync(id, student, "Hello?", Cancel);

        Assert.NotNull(first);
        Assert.Equal(first.Id, second!.Id);
        Assert.Equal("I still do not see it.", second.Message);
        Assert.Equal([1], await course.QueryAsync<int>("SELECT COUNT(*) FROM escalation"));
        Assert.Equal([true], await course.QueryAsync<bool>("SELECT escalated FROM interaction WHERE id = @id", new { id }));
    }

    [Fact]
    public async Task Only_the_student_who_was_answered_can_ask()
    {
        using var course = await WithAsync(20);
        var (id, student) = await course.FinishedAsync();
        var classmate = Enumerable.Range(1, 30).Select(n => new Viewer(SeedInteractions.Student(Course, n))).First(s => s != student);

        Assert.Null(await course.Escalations.AskAsync(id, classmate, "", Cancel));
        Assert.Null(await course.Escalations.AskAsync(id, Instructor, "", Cancel));
        Assert.Empty(await course.QueryAsync<string>("SELECT id FROM escalation"));
    }

    [Fact]
    public async Task A_hint_still_being_written_cannot_be_escalated()
    {
        using var course = await WithAsync(20);
        var (id, student) = await course.FinishedAsync();
        await course.ExecuteAsync("UPDATE interaction SET state = 'running' WHERE id = @id", new { id });

        Assert.Null(await course.Escalations.AskAsync(id, student, "", Cancel));
    }

    [Fact]
    public async Task Of_two_who_claim_at_once_one_gets_it_and_the_other_learns_who()
    {
        using var course = await WithAsync(20);
        var escalation = await AskAsync(course);

        var outcomes = await Task.WhenAll(
            course.Escalations.ClaimAsync(escalation.Id, Ta, Cancel), course.Escalations.ClaimAsync(escalation.Id, Instructor, Cancel));

        var winner = Assert.Single(outcomes, o => o.Result == EscalationResult.Done).Current!.ClaimedByName;
        Assert.Equal(winner, Assert.Single(outcomes, o => o.Result == EscalationResult.Conflict).Current!.ClaimedByName);
    }

    [Fact]
    public async Task A_reply_reaches_the_student_and_only_the_claimer_can_write_it()
    {
        using var course = await WithAsync(20);
        var escalation = await AskAsync(course);
        await course.Escalations.ClaimAsync(escalation.Id, Ta, Cancel);

        var byOther = await course.Escalations.ReplyAsync(escalation.Id, Instructor, "Me too", Cancel);
        var byClaimer = await course.Escalations.ReplyAsync(escalation.Id, Ta, "Try it with **two** words.", Cancel);

        Assert.Equal(EscalationResult.Conflict, byOther.Result);
        Assert.Equal(EscalationResult.Done, byClaimer.Result);
        var seen = await course.Escalations.FindForInteractionAsync(escalation.InteractionId, new Viewer(escalation.StudentId), Cancel);
        var reply = Assert.Single(seen!.Replies);
        Assert.Equal("Try it with **two** words.", reply.Body);
        Assert.Equal("Tom Teaching-Assistant", reply.AuthorName);
    }

    [Fact]
    public async Task It_goes_from_open_to_claimed_back_to_open_and_on_to_resolved()
    {
        using var course = await WithAsync(20);
        var escalation = await AskAsync(course);
        var store = course.Escalations;

        Assert.Equal(EscalationResult.Conflict, (await store.ResolveAsync(escalation.Id, Ta, Cancel)).Result);
        Assert.Equal(EscalationState.Claimed, (await store.ClaimAsync(escalation.Id, Ta, Cancel)).Current!.State);
        var released = await store.ReleaseAsync(escalation.Id, Ta, Cancel);
        Assert.Equal(EscalationState.Open, released.Current!.State);
        Assert.Null(released.Current.ClaimedBy);
        await store.ClaimAsync(escalation.Id, Ta, Cancel);
        var resolved = await store.ResolveAsync(escalation.Id, Ta, Cancel);
        Assert.Equal(EscalationState.Resolved, resolved.Current!.State);
        Assert.NotNull(resolved.Current.ResolvedAt);
        Assert.Equal(EscalationResult.Conflict, (await store.ClaimAsync(escalation.Id, Instructor, Cancel)).Result);
        Assert.Equal(EscalationState.Claimed, (await store.ReopenAsync(escalation.Id, Instructor, Cancel)).Current!.State);
    }

    [Fact]
    public async Task A_ta_cannot_release_what_another_claimed_but_an_instructor_can()
    {
        using var course = await WithAsync(20);
        var escalation = await AskAsync(course);
        await course.ExecuteAsync(
            """
            INSERT INTO person (id, name, created_at) VALUES ('tia-ta', 'Tia TA', 0);
            INSERT INTO membership (course_id, person_id, role, created_at) VALUES (@Course, 'tia-ta', 'ta', 0);
            """, new { Course });
        await course.Escalations.ClaimAsync(escalation.Id, Ta, Cancel);

        Assert.Equal(EscalationResult.Conflict, (await course.Escalations.ReleaseAsync(escalation.Id, new Viewer("tia-ta"), Cancel)).Result);
        Assert.Equal(EscalationResult.Done, (await course.Escalations.ReleaseAsync(escalation.Id, Instructor, Cancel)).Result);
    }

    [Fact]
    public async Task Nothing_can_be_seen_or_done_by_staff_of_another_course_or_by_a_classmate()
    {
        using var course = await WithAsync(20);
        var escalation = await AskAsync(course);
        var classmate = Enumerable.Range(1, 30).Select(n => new Viewer(SeedInteractions.Student(Course, n))).First(s => s.PersonId != escalation.StudentId);
        var store = course.Escalations;

        foreach (var viewer in new[] { Stranger, classmate })
        {
            Assert.Null(await store.FindAsync(escalation.Id, viewer, Cancel));
            Assert.Empty((await store.QueueAsync(Course, viewer, EscalationState.Open, null, 20, Cancel)).Rows);
            Assert.Equal(0, (await store.CountAsync(Course, viewer, Cancel)).Open);
            Assert.Equal(EscalationResult.NotFound, (await store.ClaimAsync(escalation.Id, viewer, Cancel)).Result);
            Assert.Equal(EscalationResult.NotFound, (await store.ReplyAsync(escalation.Id, viewer, "x", Cancel)).Result);
        }
        // The student sees it but changes nothing.
        Assert.Equal(EscalationResult.Conflict, (await store.ClaimAsync(escalation.Id, new Viewer(escalation.StudentId), Cancel)).Result);
        Assert.Equal([EscalationState.Open], await course.QueryAsync<string>("SELECT state FROM escalation"));
    }

    [Fact]
    public async Task One_that_waits_longer_than_the_limit_is_marked_overdue_until_someone_claims_it()
    {
        using var course = await WithAsync(20);
        var escalation = await AskAsync(course);

        course.Clock.Advance(TimeSpan.FromMinutes(120));
        Assert.False((await course.Escalations.FindAsync(escalation.Id, Ta, Cancel))!.Overdue);
        course.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await course.Escalations.FindAsync(escalation.Id, Ta, Cancel))!.Overdue);
        Assert.Equal(1, (await course.Escalations.CountAsync(Course, Ta, Cancel)).Overdue);
        await course.Escalations.ClaimAsync(escalation.Id, Ta, Cancel);
        Assert.Equal(0, (await course.Escalations.CountAsync(Course, Ta, Cancel)).Overdue);
    }

    [Fact]
    public async Task A_section_s_queue_has_its_own_students_and_those_of_no_section()
    {
        using var course = await WithAsync(120);
        var asked = await course.QueryAsync<(string Id, string Student)>(
            "SELECT MIN(id), student_id FROM interaction WHERE course_id = @Course AND state = 'done' GROUP BY student_id LIMIT 3", new { Course });
        foreach (var ((id, student), section) in asked.Zip(["A", "B", ""]))
        {
            await course.Escalations.AskAsync(id, new Viewer(student), "", Cancel);
            await course.ExecuteAsync("UPDATE membership SET section = @section WHERE course_id = @Course AND person_id = @student", new { section, Course, student });
        }

        async Task<IEnumerable<string>> SectionsAsync(string? section) =>
            (await course.Escalations.QueueAsync(Course, Ta, EscalationState.Open, null, 20, Cancel, section)).Rows.Select(r => r.StudentSection).Order();

        Assert.Equal(["", "A"], await SectionsAsync("A"));
        Assert.Equal(["", "A", "B"], await SectionsAsync(null));
        Assert.Equal(2, (await course.Escalations.CountAsync(Course, Ta, Cancel, "B")).Open);
        Assert.Equal(3, (await course.Escalations.CountAsync(Course, Ta, Cancel)).Open);
    }

    [Fact]
    public async Task The_queue_is_paged_oldest_first_without_gaps_or_repeats()
    {
        using var course = await WithAsync(120);
        var finished = await course.QueryAsync<(string Id, string Student)>(
            "SELECT id, student_id FROM interaction WHERE course_id = @Course AND state = 'done' LIMIT 25", new { Course });
        var asked = new List<string>();
        foreach (var (id, student) in finished)
        {
            asked.Add((await course.Escalations.AskAsync(id, new Viewer(student), "", Cancel))!.Id);
            // Pairs share a millisecond, so the id decides.
            if (asked.Count % 2 == 0)
                course.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var seen = new List<string>();
        for (string? after = null, more = ""; more is not null; after = more)
        {
            var page = await course.Escalations.QueueAsync(Course, Ta, EscalationState.Open, after, 10, Cancel);
            seen.AddRange(page.Rows.Select(r => r.Id));
            more = page.Older;
        }

        Assert.Equal(asked.Order(), seen.Order());
        Assert.Equal(await course.QueryAsync<string>("SELECT id FROM escalation ORDER BY created_at, id"), seen);
    }

    [Fact]
    public async Task Every_change_is_told_once_to_who_wants_it_and_a_failing_listener_keeps_it_from_nobody()
    {
        using var course = await WithAsync(20);
        var told = new List<EscalationChange>();
        using var broken = course.Feed.Subscribe(_ => true, _ => throw new InvalidOperationException("page gone"));
        using var mine = course.Feed.Subscribe(c => c.CourseId == Course, told.Add);
        using var other = course.Feed.Subscribe(c => c.CourseId == OtherCourse, _ => Assert.Fail("not this course"));

        var escalation = await AskAsync(course);
        await course.Escalations.AskAsync(escalation.InteractionId, new Viewer(escalation.StudentId), "again", Cancel);
        await course.Escalations.ClaimAsync(escalation.Id, Ta, Cancel);
        await course.Escalations.ClaimAsync(escalation.Id, Instructor, Cancel);
        mine.Dispose();
        await course.Escalations.ResolveAsync(escalation.Id, Ta, Cancel);

        Assert.Equal(2, told.Count);
        Assert.All(told, c => Assert.Equal(escalation.InteractionId, c.InteractionId));
    }

    private static async Task<Escalation> AskAsync(SeededCourse course)
    {
        var (id, student) = await course.FinishedAsync();
        return (await course.Escalations.AskAsync(id, student, "I still do not see it.", Cancel))!;
    }
}
