using CsCheck;
using Dapper;
using Tutor.Data;
using Tutor.Core.Privacy;
using Tutor.Data.Interactions;
using Tutor.Data.Privacy;
using Tutor.Data.People;
using Tutor.Tests.Shared;
using static Tutor.UnitTests.Data.SeededCourse;

namespace Tutor.UnitTests.Data.Interactions;

public abstract class InteractionLogTests
{
    public sealed class OnSqlite : InteractionLogTests;
    public sealed class OnPostgres : InteractionLogTests, IOnPostgres;

    [Fact]
    public async Task Paging_forth_and_back_shows_every_interaction_of_the_course_once_in_order()
    {
        using var course = await WithAsync(200);
        // Half of them share a millisecond with a neighbour, so that the id has to decide.
        await course.ExecuteAsync("UPDATE interaction SET asked_at = asked_at - asked_at % 600000");
        var expected = await course.QueryAsync<string>(
            "SELECT id FROM interaction WHERE course_id = @Course ORDER BY asked_at DESC, id DESC", new { Course });

        var forth = new List<LogPage> { await PageAsync(course, new LogFilter()) };
        while (forth[^1].Older is { } older)
            forth.Add(await course.Log.ListAsync(Course, Ta, new LogFilter(), older, null, 15, Cancel));
        var back = new List<LogPage> { forth[^1] };
        while (back[^1].Newer is { } newer)
            back.Add(await course.Log.ListAsync(Course, Ta, new LogFilter(), null, newer, 15, Cancel));

        Assert.Equal(100, expected.Count);
        Assert.Equal(expected, forth.SelectMany(p => p.Rows).Select(r => r.Id));
        Assert.Equal(expected, back.AsEnumerable().Reverse().SelectMany(p => p.Rows).Select(r => r.Id));
    }

    // Each filter against the same condition written plainly.
    public static TheoryData<string, LogFilter, string> Filters => new()
    {
        { "exercise", new() { Exercise = "flatten" }, "i.exercise_id = 'flatten'" },
        { "state", new() { State = "failed" }, "i.state = 'failed'" },
        { "any flag", new() { Flag = "any" }, "i.id IN (SELECT interaction_id FROM flag)" },
        { "no flag", new() { Flag = "none" }, "i.id NOT IN (SELECT interaction_id FROM flag)" },
        { "undecided flag", new() { Flag = "open" }, "i.id IN (SELECT interaction_id FROM flag WHERE state = 'open')" },
        { "one kind of flag", new() { Flag = "injection" }, "i.id IN (SELECT interaction_id FROM flag WHERE category = 'injection')" },
        { "helped", new() { Rating = "helped" }, "i.rating = 1" },
        { "did not help", new() { Rating = "not-helped" }, "i.rating = -1" },
        { "not rated", new() { Rating = "none" }, "i.rating IS NULL" },
        { "level", new() { Level = 3 }, "i.level = 3" },
        { "writer", new() { Writer = "ladder" }, "i.writer = 'ladder'" },
        { "held back", new() { HeldBack = true }, "i.guard_action = 'regenerated'" },
        { "let through", new() { HeldBack = false }, "i.guard_action = 'none'" },
        { "failing test", new() { FailingTest = "upper-case" }, "i.first_failing_test = 'upper-case'" },
        { "text", new() { Text = "division zero" }, "i.question LIKE '%division by zero%'" },
        { "several at once", new() { Text = "division", Writer = "model", Rating = "helped" },
            "i.question LIKE '%division%' AND i.writer = 'model' AND i.rating = 1" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_shows_exactly_the_interactions_it_names(string name, LogFilter filter, string condition)
    {
        using var course = await WithAsync(1_200);
        var expected = await course.QueryAsync<string>(
            $"SELECT i.id FROM interaction i WHERE i.course_id = @Course AND {condition} ORDER BY i.asked_at DESC", new { Course });

        var page = await course.Log.ListAsync(Course, Ta, filter, null, null, 1_000, Cancel);

        Assert.True(expected.Count > 0, $"The seed has nothing for {name}.");
        Assert.Equal(expected, page.Rows.Select(r => r.Id));
    }

    [Fact]
    public async Task A_pseudonym_as_filter_shows_the_interactions_of_its_student()
    {
        using var course = await WithAsync(1_200);
        var student = SeedInteractions.Student(Course, 3);
        var expected = await course.QueryAsync<string>("SELECT id FROM interaction WHERE student_id = @student ORDER BY asked_at DESC", new { student });
        var alias = (await course.Log.ListAsync(Course, Ta, new LogFilter(), null, null, 1_000, Cancel)).Rows.First(row => row.Id == expected[0]).Student.Alias;

        var page = await course.Log.ListAsync(Course, Ta, new LogFilter { Student = alias }, null, null, 1_000, Cancel);
        var unknown = await course.Log.ListAsync(Course, Ta, new LogFilter { Student = student }, null, null, 1_000, Cancel);

        Assert.Equal(expected, page.Rows.Select(r => r.Id));
        Assert.Empty(unknown.Rows);
    }

    [Fact]
    public async Task A_date_range_takes_its_first_moment_and_leaves_its_last()
    {
        using var course = await WithAsync(200);
        var all = (await course.Log.ListAsync(Course, Ta, new LogFilter(), null, null, 200, Cancel)).Rows;

        var page = await course.Log.ListAsync(
            Course, Ta, new LogFilter { From = all[20].AskedAt, Until = all[10].AskedAt }, null, null, 200, Cancel);

        Assert.Equal(all.Skip(11).Take(10).Select(r => r.Id), page.Rows.Select(r => r.Id));
    }

    [Fact]
    public async Task A_search_is_paged_like_the_list()
    {
        using var course = await WithAsync(400);
        var filter = new LogFilter { Text = "loop" };
        var all = (await course.Log.ListAsync(Course, Ta, filter, null, null, 400, Cancel)).Rows.Select(r => r.Id).ToList();

        var first = await course.Log.ListAsync(Course, Ta, filter, null, null, 7, Cancel);
        var second = await course.Log.ListAsync(Course, Ta, filter, first.Older, null, 7, Cancel);
        var again = await course.Log.ListAsync(Course, Ta, filter, null, second.Newer, 7, Cancel);

        Assert.True(all.Count > 14);
        Assert.Equal(all.Take(14), first.Rows.Concat(second.Rows).Select(r => r.Id));
        Assert.Equal(first.Rows, again.Rows);
        Assert.Null(again.Newer);
    }

    [Fact]
    public async Task The_last_word_of_a_search_may_be_unfinished()
    {
        using var course = await WithAsync(100);

        var whole = await PageAsync(course, new LogFilter { Text = "error division" });
        var unfinished = await PageAsync(course, new LogFilter { Text = "error divis" });

        Assert.NotEmpty(whole.Rows);
        Assert.Equal(whole.Rows, unfinished.Rows);
        Assert.Empty((await PageAsync(course, new LogFilter { Text = "divis error" })).Rows);
    }

    [Theory]
    [InlineData("append")]
    [InlineData("numbers.append")]
    [InlineData("running total")]
    [InlineData("running_total(amounts)")]
    [InlineData("off-by-one")]
    [InlineData("GRÖßE")]
    [InlineData("2024")]
    public async Task A_search_finds_words_inside_code_and_beside_punctuation(string words)
    {
        using var course = await WithAsync(2);
        var (id, _) = await course.FinishedAsync();
        await course.ExecuteAsync(
            """
            UPDATE submission SET body = 'def running_total(amounts):' || @newLine || 'numbers.append(2024) # "off-by-one", größe?'
            WHERE id = (SELECT submission_id FROM interaction WHERE id = @id)
            """, new { id, newLine = "\n" });
        await course.ExecuteAsync("DELETE FROM interaction_search");
        await new SearchIndex(course.Database, new Rosters(course.Database, course.Clock), new PersonalDataFinder(new PrivacyOptions())).AddAsync(id, Cancel);

        Assert.Equal([id], (await PageAsync(course, new LogFilter { Text = words })).Rows.Select(row => row.Id));
    }

    [Fact]
    public async Task A_search_never_matches_the_courses_own_name()
    {
        using var course = await WithAsync(100);

        Assert.Empty((await PageAsync(course, new LogFilter { Text = "intro-python" })).Rows);
    }

    [Fact]
    public async Task Whatever_is_typed_is_searched_for_and_never_an_error()
    {
        using var course = await WithAsync(20);
        string[] hard = ["off-by-one", "foo\"bar", "a AND", "NEAR(", "*", "\"", "col:x", "^x", "(((", "{a}", "a\0b", "- -", "café"];

        foreach (var text in hard)
            await PageAsync(course, new LogFilter { Text = text });
        await Gen.String.SampleAsync(async text => await PageAsync(course, new LogFilter { Text = text }), iter: 300, threads: 1);
    }

    [Fact]
    public async Task Students_and_staff_of_other_courses_see_nothing()
    {
        using var course = await WithAsync(60);
        var (id, student) = await course.FinishedAsync();

        foreach (var viewer in new[] { student, Stranger, new Viewer("nobody") })
        {
            Assert.Empty((await course.Log.ListAsync(Course, viewer, new LogFilter(), null, null, 50, Cancel)).Rows);
            Assert.Empty((await course.Log.ListAsync(Course, viewer, new LogFilter { Text = "loop" }, null, null, 50, Cancel)).Rows);
            Assert.Null(await course.Reader.FindAsync(id, viewer, Cancel));
            Assert.False(await course.Reader.ReviewAsync(id, viewer, "x", Cancel));
        }
    }

    [Fact]
    public async Task Stepping_through_a_filtered_list_visits_its_neighbours()
    {
        using var course = await WithAsync(400);
        var filter = new LogFilter { Exercise = "flatten" };
        var rows = (await course.Log.ListAsync(Course, Ta, filter, null, null, 400, Cancel)).Rows;

        Assert.Equal((rows[3].Id, rows[5].Id), await course.Log.NeighboursAsync(Course, Ta, filter, rows[4].Id, Cancel));
        Assert.Equal((null, rows[1].Id), await course.Log.NeighboursAsync(Course, Ta, filter, rows[0].Id, Cancel));
        Assert.Equal((rows[^2].Id, null), await course.Log.NeighboursAsync(Course, Ta, filter, rows[^1].Id, Cancel));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_page_is_found_through_an_index_and_never_sorted(bool flagged, bool deep)
    {
        using var course = await WithAsync(400);
        var cursor = deep ? course.Ids[200] : null;
        var query = new LogQuery(course.Database.Dialect, Course, Ta, new LogFilter { Flag = flagged ? "any" : null }, null);
        var index = flagged ? "ix_interaction_flagged" : "ix_interaction_";

        var plan = await PlanAsync(course, query.Page("i.id, i.question", cursor, newer: false, 50), query.Parameters);

        if (course.Database.Dialect == Dialect.Sqlite)
        {
            Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        }
        else
        {
            Assert.Contains(plan, step => step.Contains($"Index Scan Backward using {index}", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.Contains("Sort", StringComparison.Ordinal));
            if (deep) Assert.Contains(plan, step => step.Contains("Index Cond", StringComparison.Ordinal) && step.Contains("ROW(", StringComparison.Ordinal));
        }
    }

    private static async Task<IReadOnlyList<string>> PlanAsync(SeededCourse course, string sql, DynamicParameters parameters)
    {
        await using var connection = await course.Database.OpenAsync(Cancel);
        if (course.Database.Dialect == Dialect.Sqlite)
        {
            await connection.ExecuteAsync("ANALYZE main;");
            return [.. (await connection.QueryAsync<(int, int, int, string Detail)>("EXPLAIN QUERY PLAN " + sql, parameters)).Select(step => step.Detail)];
        }
        // So few rows are read at once whatever the indexes; what matters is which plan is there for many.
        await connection.ExecuteAsync("SET enable_seqscan = off; SET enable_bitmapscan = off;");
        return (await connection.QueryAsync<string>("EXPLAIN " + sql, parameters)).AsList();
    }

    private static Task<LogPage> PageAsync(SeededCourse course, LogFilter filter) =>
        course.Log.ListAsync(Course, Ta, filter, null, null, 15, Cancel);
}
