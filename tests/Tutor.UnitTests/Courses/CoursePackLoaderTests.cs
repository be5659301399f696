using Tutor.Core.Courses;
using Tutor.Core.Times;
using Tutor.Core.Hints;

namespace Tutor.UnitTests.Courses;

public sealed class CoursePackLoaderTests
{
    [Theory]
    [InlineData("timezone: America/Los_Angeles", "2027-03-01T23:59", "2027-03-02T07:59:00Z")]
    [InlineData("timezone: America/Los_Angeles", "2027-03-01 23:59:30", "2027-03-02T07:59:30Z")]
    [InlineData("timezone: America/Los_Angeles", "2027-03-01T23:59:00Z", "2027-03-01T23:59:00Z")]
    [InlineData("timezone: Europe/Berlin", "2027-10-31T02:30", "2027-10-31T01:30:00Z")]
    [InlineData("", "2027-03-01T23:59", "2027-03-01T14:59:00Z")]
    public void A_due_date_without_an_offset_is_one_of_the_course_s_zone_or_else_of_the_installation_s(string zone, string due, string moment)
    {
        using var pack = new PackOnDisk();
        pack.Replace("course.yaml", "term: Spring 2027", $"term: Spring 2027\n{zone}").Replace("exercises/average/exercise.md", "2027-03-01T23:59:00Z", due);

        var reading = CoursePackLoader.Load(pack.Folder, CourseTime.Of("Asia/Tokyo"));

        Assert.Empty(reading.Problems);
        Assert.Equal(DateTimeOffset.Parse(moment, null), reading.Pack!.Exercises[0].Due);
        Assert.Equal(zone.Length > 0 ? zone[10..] : null, reading.Pack.TimeZone);
    }

    [Fact]
    public void A_due_date_that_no_clock_of_the_course_shows_is_named()
    {
        using var pack = new PackOnDisk();
        pack.Replace("course.yaml", "term: Spring 2027", "term: Spring 2027\ntimezone: Europe/Berlin").Replace("exercises/average/exercise.md", "2027-03-01T23:59:00Z", "2027-03-28T02:30");

        Assert.Contains("does not exist in Europe/Berlin", Assert.Single(pack.Load().Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_pack_is_read_whole()
    {
        using var files = new PackOnDisk();

        var (pack, problems) = files.Load();

        Assert.Empty(problems);
        Assert.NotNull(pack);
        Assert.Equal(("small-course", "Small Course", "Spring 2027"), (pack.Id, pack.Name, pack.Term));
        Assert.Equal([new DemoPerson("sam-student", "Sam Student", "student")], pack.DemoPeople);
        Assert.Equal(7, pack.Quota.HintsPerDay);
        Assert.Equal(["average", "thesis"], pack.Exercises.Select(e => e.Id));
        Assert.Equal([Audience.Staff, Audience.Student], pack.Materials.Select(m => m.Audience));
        Assert.DoesNotContain("<!--", pack.Materials[0].Markdown, StringComparison.Ordinal);
        Assert.Equal("Lists", pack.Materials[1].Title);
    }

    [Fact]
    public void An_exercise_has_its_tests_rules_references_and_ladder()
    {
        using var files = new PackOnDisk();

        var average = files.Load().Pack!.FindExercise("average")!;

        Assert.Equal(ExerciseKind.Code, average.Kind);
        Assert.Equal(new DateTimeOffset(2027, 3, 1, 23, 59, 0, TimeSpan.Zero), average.Due);
        Assert.Equal("Write `average(numbers)`.\n", average.Task);
        Assert.Equal(2, average.References.Count);
        Assert.Equal((1500, "import math\n"), (average.Tests.TimeoutMilliseconds, average.Tests.Prelude));
        Assert.Equal(["1.5", "None", null], average.Tests.Cases.Select(c => c.Expected));
        Assert.Equal("TypeError", average.Tests.Cases[2].Raises);
        Assert.Equal([true, false, false], average.Tests.Cases.Select(c => c.Public));
        Assert.Equal(["statistics", "mean"], average.Tests.Rules[0].Forbid);
        Assert.Equal(4, average.Ladder.Misconceptions[0].Signatures.Count);
        Assert.Equal("Look at {call}.", average.Ladder.Otherwise[HintLevel.Nudge]);
    }

    [Fact]
    public void An_exercises_policy_overrides_only_what_it_sets()
    {
        using var files = new PackOnDisk();

        var pack = files.Load().Pack!;

        Assert.Equal(new HintPolicy { HighestLevel = HintLevel.Nudge, AttemptFirst = true }, pack.PolicyFor(pack.Exercises[0]));
        Assert.Equal(new HintPolicy { HighestLevel = HintLevel.Concept, AttemptFirst = true }, pack.PolicyFor(pack.Exercises[1]));
    }

    [Fact]
    public void A_criterion_has_levels_audience_and_exercises()
    {
        using var files = new PackOnDisk();

        var rubric = files.Load().Pack!.Rubric;

        Assert.Equal(["edge-cases", "claim", "marks"], rubric.Select(c => c.Id));
        Assert.Equal(new PerformanceLevel("Strong", "every case is handled"), rubric[0].Levels[0]);
        Assert.Equal("Works for an empty list.", rubric[0].Description);
        Assert.Equal(["thesis"], rubric[1].Exercises);
        Assert.Equal(Audience.Staff, rubric[2].Audience);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing()
    {
        using var plain = new PackOnDisk();
        using var windows = new PackOnDisk();
        foreach (var file in Directory.EnumerateFiles(windows.Folder, "*", SearchOption.AllDirectories))
        {
            File.WriteAllText(file, File.ReadAllText(file).ReplaceLineEndings("\r\n"), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        }

        Assert.Equal(PackHash.Of(plain.Load().Pack!), PackHash.Of(windows.Load().Pack!));
    }

    [Fact]
    public void All_problems_are_told_at_once_in_the_order_of_the_files()
    {
        using var files = new PackOnDisk()
            .Replace("course.yaml", "term: Spring 2027", "terms: Spring 2027")
            .Replace("exercises/average/tests.yaml", "expected: \"None\"", "expected: \"nothing\"")
            .Delete("exercises/thesis/reference.md");

        var (pack, problems) = files.Load();

        Assert.Null(pack);
        Assert.Equal(
            ["course.yaml:1", "course.yaml:2", "exercises/average/tests.yaml:12", "exercises/thesis/reference.md:1"],
            problems.Select(p => $"{p.File}:{p.Line}"));
    }

    [Fact]
    public void The_hash_changes_with_any_word_and_with_nothing_else()
    {
        using var files = new PackOnDisk();
        var first = files.Load().Pack!;

        Assert.Equal(PackHash.Of(first), PackHash.Of(files.Load().Pack!));
        Assert.NotEqual(PackHash.Of(first), PackHash.Of(files.Write("prompt.md", "Be very kind.\n").Load().Pack!));
        Assert.Matches("^[0-9a-f]{64}$", PackHash.Of(first));
    }
}
