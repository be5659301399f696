using System.Text;
using Tutor.Core.Privacy;
using Tutor.Core.Privacy.Export;
using Tutor.Tests.Shared.Privacy;
using Tutor.Web.Privacy;

namespace Tutor.UnitTests.Privacy;

public sealed class ExportTests
{
    private static readonly IReadOnlyList<RosterPerson> people = [.. ClassroomNames.All.Select(a => a.Person)];
    private static readonly PersonalDataFinder finder = new(new PrivacyOptions());
    private static readonly byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void No_full_name_or_address_of_the_roster_leaves_in_480_messages()
    {
        using var export = Build(Rows());

        Assert.True(export.MayLeave, string.Join(", ", export.Remaining));
        var file = Text(export.JsonLines()) + Text(export.Csv());
        Assert.DoesNotContain(people, p => file.Contains(p.Name, StringComparison.OrdinalIgnoreCase) || file.Contains(p.Email!, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(people, p => file.Contains(p.Id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("G.r.a.c.e W-h-i-t-f-i-e-l-d is fine", false)]
    [InlineData("said Grace/Whitfield", true)]
    [InlineData("GRACE\nWHITFIELD", true)]
    [InlineData("whitfield; grace", true)]
    [InlineData("mail grace.whitfield@students.example.edu", true)]
    public void The_last_look_finds_names_by_other_means_than_the_finder(string text, bool found) => Assert.Equal(found, Found(text).Count > 0);

    [Fact]
    public void A_name_that_is_left_blocks_the_export_until_a_person_strikes_it_out()
    {
        // Parted by a slash, which the finder does not take for one name of two common words.
        var rows = Rows()[..1].Select(r => r with { Question = "may will dawn/hartley" }).ToList();
        using var first = Build(rows);
        using var struck = Build(rows, "hartley");

        if (!first.MayLeave) Assert.True(struck.MayLeave);
        Assert.Empty(struck.Remaining);
    }

    [Fact]
    public void Pseudonyms_hold_within_an_export_and_change_with_the_key()
    {
        var one = new Pseudonyms(key, "course");
        var other = new Pseudonyms(Pseudonyms.NewKey(), "course");

        Assert.Equal(one.Of("p"), one.Of("p"));
        Assert.Matches("^S-[A-Z2-7]{10}$", one.Of("p"));
        Assert.NotEqual(one.Of("p"), other.Of("p"));
        Assert.NotEqual(one.Of("p"), new Pseudonyms(key, "another").Of("p"));
        Assert.Equal(2000, Enumerable.Range(0, 2000).Select(i => one.Of($"p{i}")).Distinct().Count());
    }

    [Fact]
    public void Fewer_than_five_students_are_never_counted_and_no_week_tells_of_them()
    {
        var rows = Enumerable.Range(0, 4).Select(i => Row($"p{i}", "small", 0)).Concat(Enumerable.Range(0, 6).Select(i => Row($"p{i}", "large", 0))).Append(Row("p1", "large", 3)).ToList();

        var plan = Plan(rows);

        Assert.All(plan.Counts.Where(c => c.Students is not null), c => Assert.True(c.Students >= ExportPlan.K));
        Assert.Null(plan.Counts.Single(c => c.Exercise == "small").Requests);
        Assert.DoesNotContain(plan.Rows, r => r.Exercise == "small");
        Assert.Equal(["large"], plan.Exercises);
        Assert.Equal(new int?[] { null, 0 }, plan.Rows.Where(r => r.Exercise == "large").Select(r => r.Week).Distinct().Order());
    }

    [Fact]
    public void Weeks_of_a_chosen_period_are_those_of_the_whole_course_and_tell_of_no_week_with_fewer_than_five_students()
    {
        var rows = Enumerable.Range(0, 6).SelectMany(i => new[] { Row($"p{i}", "x", 0), Row($"p{i}", "x", 2) }).Append(Row("p1", "x", 3)).Append(Row("p2", "y", 2)).ToList();

        var all = Plan(rows);
        var later = Plan(rows, new(FirstWeek: 2));
        var one = Plan(rows, new("x", 2, 2));

        Assert.Equal((14, 0, 4), (all.Rows.Count, all.LeftOut, all.Weeks));
        Assert.Equal((6, 2), (later.Rows.Count, later.LeftOut));
        Assert.All(later.Rows.Concat(one.Rows), r => Assert.Equal(2, r.Week));
        Assert.Equal((6, 0), (one.Rows.Count, one.LeftOut));
        Assert.Equal([new ExportCount("x", 2, 6, 6)], one.Counts);
        Assert.Equal(one.Rows, later.Rows);
    }

    [Fact]
    public void The_order_of_rows_tells_neither_who_is_who_nor_when()
    {
        var rows = Enumerable.Range(0, 40).Select(i => Row($"p{i:00}", "x", i % 3)).ToList();

        Assert.Equal(Plan(rows).Rows.Select(r => r.Student).Order(StringComparer.Ordinal), Plan([.. rows.AsEnumerable().Reverse()]).Rows.Select(r => r.Student));
    }

    [Fact]
    public void Rare_words_with_a_capital_are_listed_for_a_person_to_see()
    {
        using var export = Build([Row("p1", "x", 0) with { Question = "My cousin Zyrelle says Python and Pandas are fun." }], people, ["Python is a language. Pandas is a library."]);

        Assert.Contains(export.RareWords, w => w.Word == "Zyrelle");
        Assert.DoesNotContain(export.RareWords, w => w.Word is "Python" or "Pandas");
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1+cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("\0=1")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(A1)")]
    [InlineData("=HYPERLINK(\"https://evil.example\",\"x\")")]
    [InlineData("=cmd|'/c calc'!A1")]
    public void No_cell_begins_a_formula(string text)
    {
        using var export = Build([Row("p1", "x", 0) with { Question = text, Work = text, Answer = text }], [], []);

        var cells = Cells(Text(export.Csv()).Split('\n', 2)[1]);
        Assert.Contains(cells, c => c.StartsWith('\''));
        Assert.DoesNotContain(cells, c => c.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(c[0], StringComparison.Ordinal));
        Assert.StartsWith("'", ExportFiles.Inert(text));
    }

    // RFC 4180, as a spreadsheet reads it.
    private static List<string> Cells(string csv)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < csv.Length; at++)
        {
            if (csv[at] == '"' && quoted && at + 1 < csv.Length && csv[at + 1] == '"') cell.Append(csv[++at]);
            else if (csv[at] == '"') quoted = !quoted;
            else if (!quoted && csv[at] is ',' or '\n' && !quoted) { cells.Add(cell.ToString().TrimEnd('\r')); cell.Clear(); }
            else cell.Append(csv[at]);
        }

        return cells;
    }

    private static IReadOnlyList<string> Found(string text)
    {
        var names = new NameCheck(people);
        names.Look(text);
        return names.Found;
    }

    private static PreparedExport Build(IReadOnlyList<Request> rows, params string[] struck) => Build(rows, people, [], struck);

    private static PreparedExport Build(IReadOnlyList<Request> rows, IReadOnlyList<RosterPerson> roster, string[] known, params string[] struck)
    {
        var sources = rows.ToDictionary(row => row.Id);
        var plan = Plan(rows);
        // Nothing here waits for anything, so the task is done when it is returned.
        return PreparedExport.MakeAsync(
            plan, new ExportCleaner(finder, "c", roster, key, struck, known), plan.Rows.Select(row => (row, sources[row.InteractionId].Source)).ToAsyncEnumerable(), new Progress<int>(),
            TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    }

    private static ExportPlan Plan(IReadOnlyList<Request> rows, ExportChoice? choice = null) =>
        new("c", [.. rows.Select(row => new ExportKey { InteractionId = row.Id, StudentId = row.Student, ExerciseId = row.Exercise, AskedAt = 1_000_000 + row.Week * 7L * 86_400_000 })], key, choice ?? new());

    private static string Text(Stream file)
    {
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private sealed record Request(string Id, string Student, string Exercise, int Week)
    {
        public string Question { get; init; } = "";
        public string Work { get; init; } = "";
        public string Answer { get; init; } = "";

        public ExportSourceRow Source => new()
        {
            InteractionId = Id, StudentId = Student, Kind = "hint", Level = 1, Writer = "ladder", State = "done", GuardAction = "none", Question = Question, Work = Work, Answer = Answer,
        };
    }

    private static List<Request> Rows() =>
        [.. new ClassroomMessages().Write(480).Select((m, i) => Row(m.AuthorId ?? people[i % people.Count].Id, $"e{i % 3}", i % 5) with { Work = m.Text, Question = i % 2 == 0 ? m.Text : "", Answer = "Look at line 2." })];

    private static int made;

    private static Request Row(string student, string exercise, int week) => new($"{Interlocked.Increment(ref made):000000}", student, exercise, week);
}
