using System.Reflection;
using Tutor.Data.Escalations;
using Tutor.Data.Flags;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using static Tutor.UnitTests.Data.Access.AccessCourse;

namespace Tutor.UnitTests.Data.Access;

/// <summary>Stores are where the right to see a row is decided: pages, endpoints and commands have no other way to the database.</summary>
public abstract class AccessMatrixTests
{
    public sealed class OnSqlite : AccessMatrixTests;
    public sealed class OnPostgres : AccessMatrixTests, IOnPostgres;

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, AccessRows.All.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Who_may_not_see_a_row_cannot_tell_it_from_one_that_does_not_exist_and_changes_nothing(int number)
    {
        var row = AccessRows.All[number];
        using var course = await CreateAsync();
        var mistakes = new List<string>();

        foreach (var viewer in Who.All)
        {
            if (row.Prepare is not null) await course.Database.ExecuteAsync(row.Prepare, null, Cancel);
            var missing = Text(await row.Call(course, AccessTarget.Missing, viewer));
            // Who may read is noted in the audit log; who may not leaves no trace at all.
            string[] without = row.Reads.Contains(viewer) ? ["audit"] : [];
            var before = await course.StateAsync(without);
            var found = Text(await row.Call(course, course.Target, viewer));
            var changed = await course.StateAsync(without) != before;
            if (found != missing != row.Reads.Contains(viewer))
                mistakes.Add($"{row.Method} as {viewer.PersonId}: {(found == missing ? "is told nothing, but may see it" : $"may not see this, but is told {found}")}");
            if (changed != row.Writes.Contains(viewer))
                mistakes.Add($"{row.Method} as {viewer.PersonId}: {(changed ? "changed the database and may not" : "may change this, but nothing changed")}");
        }

        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }

    [Fact]
    public async Task An_id_of_another_course_as_the_mark_of_a_page_says_nothing_about_its_row()
    {
        using var course = await CreateAsync();
        var target = course.Target;
        await course.Database.ExecuteAsync("UPDATE escalation SET created_at = 0; UPDATE flag SET created_at = 9999999999999 WHERE id = @Flag", target, Cancel);
        await course.Store<EscalationStore>().AskAsync(
            (await course.Database.QueryAsync<string>("SELECT id FROM interaction WHERE course_id = @ForeignCourse", new { ForeignCourse }, Cancel))[0],
            Who.ForeignStudent, "Mine", Cancel);

        var (log, queue, flags) = (course.Store<InteractionLog>(), course.Store<EscalationStore>(), course.Store<FlagQueue>());
        var viewer = Who.ForeignInstructor;

        Assert.Empty((await log.ListAsync(ForeignCourse, viewer, new LogFilter(), null, target.Interaction, 10, Cancel)).Rows);
        Assert.Empty((await queue.QueueAsync(ForeignCourse, viewer, "open", target.Escalation, 10, Cancel)).Rows);
        Assert.Empty((await flags.ListAsync(ForeignCourse, viewer, "open", null, target.Flag, 10, Cancel)).Rows);
        Assert.NotEmpty((await log.ListAsync(ForeignCourse, viewer, new LogFilter(), null, null, 10, Cancel)).Rows);
        Assert.NotEmpty((await queue.QueueAsync(ForeignCourse, viewer, "open", null, 10, Cancel)).Rows);
        Assert.NotEmpty((await flags.ListAsync(ForeignCourse, viewer, "open", null, null, 10, Cancel)).Rows);
    }

    public sealed class Completeness
    {
        [Fact]
        public void Every_method_of_a_store_has_a_row_in_the_matrix_or_a_reason_why_it_needs_none()
        {
            var rows = AccessRows.All.Select(row => row.Method).ToHashSet();
            var missing = StoreMethods.All.Where(method => StoreMethods.TakesViewer(method)
                ? !rows.Contains(StoreMethods.Name(method))
                : !WithoutViewer.FromPages.ContainsKey(StoreMethods.Name(method)) && !WithoutViewer.OwnWork.Contains(StoreMethods.Name(method)))
                .Select(method => StoreMethods.TakesViewer(method)
                    ? $"{StoreMethods.Name(method)}: add a row to AccessRows that says who may read or change something by it"
                    : $"{StoreMethods.Name(method)} takes no viewer: give it one, or name it in WithoutViewer with the reason");

            Assert.Empty(missing);
        }

        [Fact]
        public void The_matrix_names_no_method_that_is_gone()
        {
            var known = StoreMethods.All.Select(StoreMethods.Name).ToHashSet();

            var named = AccessRows.All.Select(row => row.Method).Concat(WithoutViewer.FromPages.Keys).Concat(WithoutViewer.OwnWork);

            Assert.Empty(named.Except(known));
        }

        [Fact]
        public void Pages_and_endpoints_call_only_methods_that_take_a_viewer_or_are_harmless_without()
        {
            var called = StoreMethods.CalledBy(typeof(Tutor.Web.App).Assembly);
            var wrong = StoreMethods.All.Where(method => !StoreMethods.TakesViewer(method)).Select(StoreMethods.Name)
                .Where(name => called.Contains(name) && !WithoutViewer.FromPages.ContainsKey(name)).Distinct();

            Assert.NotEmpty(called);
            Assert.Empty(wrong);
        }
    }
}
