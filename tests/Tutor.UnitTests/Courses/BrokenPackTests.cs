using Tutor.Core.Courses;

namespace Tutor.UnitTests.Courses;

/// <summary>Each kind of mistake an author makes, and what Tutor says about it: file, line, what is wrong, what to do.</summary>
public sealed class BrokenPackTests
{
    private const string Tests = "exercises/average/tests.yaml";
    private const string Hints = "exercises/average/hints.yaml";
    private const string Task = "exercises/average/exercise.md";

    [Theory]
    [InlineData("course.yaml", "quota: {", "qouta: {", "course.yaml:6: course.yaml has no key 'qouta'. Did you mean 'quota'?")]
    [InlineData("course.yaml", "name: Small Course", "name:", "course.yaml:1: 'name' of course.yaml is empty. Write a value after the colon.")]
    [InlineData("course.yaml", "hints-per-day: 7", "hints-per-day: many", "course.yaml:6: 'hints-per-day' of the quota must be a whole number from 0 to 10000. Write for example 40.")]
    [InlineData("course.yaml", "highest-level: concept", "highest-level: conzept", "course.yaml:5: 'conzept' is no level of hints. Did you mean 'concept'?")]
    [InlineData("course.yaml", "attempt-first: true", "attempt-first: yes", "course.yaml:5: 'attempt-first' of the policy must be true or false. Write true or false, without quotes.")]
    [InlineData("course.yaml", "role: student", "role: pupil", "course.yaml:4: 'pupil' is no role. Known here: student, ta, instructor, welfare.")]
    [InlineData("course.yaml", "[average, thesis]", "[average, thesis, avrage]", "course.yaml:7: There is no folder exercises/avrage. Did you mean 'average'?")]
    [InlineData("course.yaml", "[average, thesis]", "[average]", "exercises/thesis:1: course.yaml does not list this exercise. Add '- thesis' under 'exercises:' where it belongs in teaching order, or move the folder out of the pack.")]
    [InlineData("course.yaml", "[average, thesis]", "[average, thesis, average]", "course.yaml:7: 'average' is the id of more than one exercise. Give each an id of its own.")]
    [InlineData("course.yaml", "[average, thesis]", "average", "course.yaml:7: 'exercises' of course.yaml must be a list. Start each entry on a line of its own with '- ', or write [a, b].")]
    [InlineData("rubric.md", "edge-cases: Thinks", "Thinks", "rubric.md:3: 'Thinks of the edges' does not start with the criterion's id. Write '## criterion-id: Title of the criterion'.")]
    [InlineData("rubric.md", "- **Weak**: it states a fact", "", "rubric.md:10: Criterion 'claim' has 1 performance levels; it needs at least two. Write '- **Name**: what work of this level is like'.")]
    [InlineData("rubric.md", "- **Weak**: it states", "- **Weak** it states", "rubric.md:15: This performance level cannot be read. Write '- **Name**: what work of this level is like'.")]
    [InlineData("rubric.md", "exercises: thesis", "exercises: thesys", "rubric.md:11: The course has no exercise 'thesys'. Did you mean 'thesis'?")]
    [InlineData("rubric.md", "audience: staff", "audience: stuff", "rubric.md:18: 'stuff' is no audience. Did you mean 'staff'?")]
    [InlineData("rubric.md", "## claim:", "## edge-cases:", "rubric.md:10: 'edge-cases' is the id of more than one criterion. Give each an id of its own.")]
    [InlineData("materials/answers.md", "audience: staff", "audiance: staff", "materials/answers.md:1: This comment says nothing Tutor understands. Did you mean 'audience'?")]
    [InlineData("materials/answers.md", "<!-- audience: staff -->\n", "\n<!-- audience: staff -->\n", "materials/answers.md:2: The audience must be said on the first line. Move the comment to line 1.")]
    [InlineData("materials/lists.md", "# Lists", "Lists", "materials/lists.md:1: The material has no title. Start it with a line '# Title'.")]
    [InlineData(Task, "---\ntitle", "title", "exercises/average/exercise.md:1: The file does not start with its front matter. Put a line '---' first, then title, kind and the rest, then another '---'.")]
    [InlineData(Task, "---\nWrite", "Write", "exercises/average/exercise.md:1: The front matter is not closed. Add a line '---' after its last key.")]
    [InlineData(Task, "kind: code", "kind: coding", "exercises/average/exercise.md:3: 'coding' is no kind of exercise. Known here: code, writing.")]
    [InlineData(Task, "language: python", "language: jav", "exercises/average/exercise.md:4: Tutor does not know the language 'jav'. Did you mean 'java'?")]
    [InlineData(Task, "highest-level: nudge", "highest-level: nudge, on-leak: redakt", "exercises/average/exercise.md:8: 'redakt' is not an action on a leak. Did you mean 'redact'?")]
    [InlineData(Task, "due: 2027-03-01T23:59:00Z\npolicy: { highest-level: nudge }", "policy: { highest-level: nudge, solution: after-due }", "exercises/average/exercise.md:7: The solution may be discussed after a due date the exercise does not have. Add a line 'due: 2027-03-01T23:59:00Z' to the front matter, or write 'solution: never'.")]
    [InlineData("exercises/thesis/exercise.md", "kind: writing", "kind: writing\npolicy: { solution: after-pass }", "exercises/thesis/exercise.md:4: A text passes no tests, so its model answer would never be discussed. Write 'solution: after-due', or 'solution: never'.")]
    [InlineData("course.yaml", "term: Spring 2027", "term: Spring 2027\ntimezone: Europe/Belrin", "course.yaml:3: 'Europe/Belrin' is no time zone. Did you mean 'Europe/Berlin'?")]
    [InlineData("course.yaml", "term: Spring 2027", "term: Spring 2027\ntimezone: PST", "course.yaml:3: 'PST' is no time zone. Write a place of the IANA list, such as Europe/Berlin or America/Los_Angeles, or UTC.")]
    [InlineData("course.yaml", "term: Spring 2027", "term: Spring 2027\ntimzone: Europe/Berlin", "course.yaml:3: course.yaml has no key 'timzone'. Did you mean 'timezone'?")]
    [InlineData(Task, "2027-03-01T23:59:00Z", "2027-03-01T23:59", "exercises/average/exercise.md:7: '2027-03-01T23:59' does not say in which time zone. Add 'timezone: Europe/Berlin' or the like to course.yaml, or an offset such as +01:00 or Z to the time.")]
    [InlineData(Task, "2027-03-01T23:59:00Z", "2027-02-30T23:59:00Z", "exercises/average/exercise.md:7: '2027-02-30T23:59:00Z' is no moment in time. Write it as 2027-03-01T23:59:00Z, or with an offset such as +01:00 instead of Z.")]
    [InlineData(Task, "2027-03-01T23:59:00Z", "2027-03-01T23:59:00+23:00", "exercises/average/exercise.md:7: '2027-03-01T23:59:00+23:00' is no moment in time. An offset lies between -14:00 and +14:00.")]
    [InlineData(Task, "2027-03-01T23:59:00Z", "1 March", "exercises/average/exercise.md:7: '1 March' is no moment in time. Write it as 2027-03-01T23:59:00Z, or with an offset such as +01:00 instead of Z.")]
    [InlineData(Task, "effort: 20 minutes", "words: { least: 9, most: 3 }", "exercises/average/exercise.md:6: The least number of words, 9, is above the most, 3. Swap them.")]
    [InlineData(Task, "Write `average(numbers)`.", "", "exercises/average/exercise.md:1: The task itself is empty. Write it in Markdown below the front matter.")]
    [InlineData(Tests, "expected: \"None\"", "expected: \"none\"", "exercises/average/tests.yaml:12: The expected value of 'empty-list' is no Python literal: column 1: 'none' is no Python value; write None, True or False. Write it as Python prints it with repr, in quotes for YAML: expected: \"[1, 'a']\".")]
    [InlineData(Tests, "expected: \"None\"", "expected: [1, 2]", "exercises/average/tests.yaml:12: 'expected' of a test must be text. Put quotes around the whole value.")]
    [InlineData(Tests, "raises: TypeError", "", "exercises/average/tests.yaml:14: Test 'text' has neither expected nor raises. Add 'expected: \"...\"' with a Python literal, or 'raises: ValueError'.")]
    [InlineData(Tests, "raises: TypeError", "raises: TypeError\n    expected: \"1\"", "exercises/average/tests.yaml:14: Test 'text' has both expected and raises. Keep the one that is meant.")]
    [InlineData(Tests, "raises: TypeError", "raises: type error", "exercises/average/tests.yaml:16: 'type error' is no name of an exception. Write only the type, for example ValueError.")]
    [InlineData(Tests, "id: text", "id: two", "exercises/average/tests.yaml:14: 'two' is the id of more than one test. Give each an id of its own.")]
    [InlineData(Tests, "id: text", "id: Text!", "exercises/average/tests.yaml:14: 'Text!' is no id for a test. Use lower-case letters, digits and hyphens, at most 60.")]
    [InlineData(Tests, "    public: true\n", "", "exercises/average/tests.yaml:5: No test is public. Add 'public: true' to at least one, so that students can see what is asked.")]
    [InlineData(Tests, "why: an empty list", "", "exercises/average/tests.yaml:10: The hidden test 'empty-list' does not say what it is about. Add 'why: an empty list' or the like: it is all a student reads of it.")]
    [InlineData(Tests, "call: average([])", "cal: average([])", "exercises/average/tests.yaml:11: A test has no key 'cal'. Did you mean 'call'?")]
    [InlineData(Tests, "timeout: 1500", "timeout: 2s", "exercises/average/tests.yaml:3: 'timeout' of tests.yaml must be a whole number from 100 to 20000. Write for example 2000.")]
    [InlineData(Tests, "tolerance: 0.000001", "tolerance: -1", "exercises/average/tests.yaml:8: 'tolerance' of a test must be a number from 0 to 1.7976931348623157E+308. Use a point for decimals.")]
    [InlineData(Tests, "[statistics, mean]", "[mean()]", "exercises/average/tests.yaml:20: 'mean()' is no name in Python. Write the name alone, or dotted as in math.factorial, without brackets.")]
    [InlineData(Tests, "[statistics, mean]", "[]", "exercises/average/tests.yaml:20: The rule forbids nothing. List the names it forbids: forbid: [sort, sorted].")]
    [InlineData(Hints, "test: empty-list, exception", "test: empty, exception", "exercises/average/hints.yaml:6: tests.yaml has no test 'empty'. Known here: two, empty-list, text.")]
    [InlineData(Hints, "rule: no-statistics", "rule: no-statistic", "exercises/average/hints.yaml:9: tests.yaml has no rule 'no-statistic'. Did you mean 'no-statistics'?")]
    [InlineData(Hints, "actual: \"0\"", "actual: \"zero\"", "exercises/average/hints.yaml:8: The actual value is no Python literal: column 1: 'zero' is a name, not a value; put quotes around it if a string is meant. Write it as Python prints it with repr, in quotes for YAML: actual: \"None\".")]
    [InlineData(Hints, "{ rule: no-statistics }", "{ signal: no-thesis }", "exercises/average/hints.yaml:9: A signature has no key 'signal'. Known here: test, actual, exception, code, code-without, rule.")]
    [InlineData(Hints, "{ rule: no-statistics }", "{}", "exercises/average/hints.yaml:9: The signature says nothing. Give it at least one of test, actual, exception, code, code-without, rule.")]
    [InlineData(Hints, "criterion: edge-cases", "criterion: edges", "exercises/average/hints.yaml:4: rubric.md has no criterion 'edges'. Known here: edge-cases, claim, marks.")]
    [InlineData(Hints, "criterion: edge-cases", "criterion: claim", "exercises/average/hints.yaml:4: Criterion 'claim' is not for this exercise. Add 'average' to its 'exercises' comment in rubric.md, or take another criterion.")]
    [InlineData(Hints, "nudge: What is the average of nothing?", "concept: What is the average of nothing?", "exercises/average/hints.yaml:11: There is no hint at the level 'nudge', and students may ask for levels up to 'nudge'. Add 'nudge:' to 'hints'.")]
    [InlineData(Hints, "Look at {call}.", "Look at {cal}.", "exercises/average/hints.yaml:12: '{cal}' is no placeholder. Did you mean '{call}'?")]
    [InlineData("exercises/thesis/hints.yaml", "signal: no-thesis", "signal: no-thesys", "exercises/thesis/hints.yaml:5: There is no writing signal 'no-thesys'. Did you mean 'no-thesis'?")]
    [InlineData("exercises/thesis/hints.yaml", "    criterion: claim\n", "", "exercises/thesis/hints.yaml:2: A misconception of a writing exercise needs its criterion. Add 'criterion:' with an id of rubric.md.")]
    [InlineData("exercises/thesis/hints.yaml", "[{ signal: no-thesis }]", "[]", "exercises/thesis/hints.yaml:2: Misconception 'no-position' has no signature, so it can never be recognised. Add 'signatures:' with at least one entry.")]
    [InlineData("exercises/thesis/exercise.md", "least: 120", "last: 120", "exercises/thesis/exercise.md:4: The word range has no key 'last'. Did you mean 'least'?")]
    public void A_mistake_is_told_with_file_line_and_fix(string path, string sound, string broken, string problem)
    {
        using var files = new PackOnDisk().Replace(path, sound, broken);

        var (pack, problems) = files.Load();

        Assert.Null(pack);
        Assert.Contains(problem, problems.Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("course.yaml", "course.yaml:1: The file is missing. Write the course's name, term and exercises there.")]
    [InlineData("prompt.md", "prompt.md:1: The file is missing. Write how the tutor of this course should speak and what it should mind.")]
    [InlineData(Task, "exercises/average/exercise.md:1: The file is missing. Write the task with its front matter there.")]
    [InlineData(Tests, "exercises/average/tests.yaml:1: The file is missing. Write at least one public test there.")]
    [InlineData("exercises/average/reference.py", "exercises/average/reference.py:1: The exercise has no reference. Write a solution that passes the tests.")]
    [InlineData("exercises/thesis/reference.md", "exercises/thesis/reference.md:1: The exercise has no reference. Write a model answer; it is never shown to students.")]
    public void A_missing_file_is_named_with_what_belongs_in_it(string path, string problem)
    {
        using var files = new PackOnDisk().Delete(path);

        Assert.Contains(problem, files.Load().Problems.Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("exercises/average/test.yaml", "exercises/average/test.yaml:1: No part of a course pack has this name. Did you mean tests.yaml? Rename or remove the file.")]
    [InlineData("exercises/thesis/tests.yaml", "exercises/thesis/tests.yaml:1: No part of a course pack has this name. An exercise of this kind has exercise.md, starter.md, hints.yaml, reference.md.")]
    [InlineData("ruberic.md", "ruberic.md:1: No part of a course pack has this name. Did you mean rubric.md? Rename or remove the file.")]
    [InlineData("material/a.md", "material:1: No part of a course pack has this name. Did you mean 'materials'?")]
    [InlineData("materials/notes.txt", "materials/notes.txt:1: Materials are Markdown files. Rename it to end in .md, or remove it.")]
    public void A_file_that_no_part_of_a_pack_reads_is_pointed_out(string path, string problem)
    {
        using var files = new PackOnDisk().Write(path, "text");

        Assert.Contains(problem, files.Load().Problems.Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("tests:\n  - id: a\n   call: f()\n", 3)]
    [InlineData("tests: [\n", 2)]
    [InlineData("prelude: |\n\timport math\ntests: []\n", 2)]
    [InlineData("timeout: 1000\ntimeout: 2000\ntests: []\n", 2)]
    [InlineData("tests:\n  - id: a\n    call: f({'x': 1}): 2\n", 3)]
    public void Broken_yaml_is_told_with_its_line(string yaml, int line)
    {
        using var files = new PackOnDisk().Write(Tests, yaml);

        var problem = Assert.Single(files.Load().Problems, p => p.File == Tests && p.Message.StartsWith("This is not YAML", StringComparison.Ordinal));
        Assert.Equal(line, problem.Line);
    }

    [Fact]
    public void A_broken_regular_expression_is_told_with_its_line()
    {
        using var files = new PackOnDisk().Replace(Hints, @"range\(len\(\w+\)-1\)", "range((");

        var problem = Assert.Single(files.Load().Problems);
        Assert.Equal((Hints, 7), (problem.File, problem.Line));
        Assert.StartsWith("'code' is no regular expression: Invalid pattern 'range(('", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_nested_without_end_do_not_take_the_process_down()
    {
        using var files = new PackOnDisk().Write(Tests, "tests: " + new string('[', 100_000));

        Assert.Contains("exercises/average/tests.yaml:1: The file nests more than 20 levels. Nothing in a course pack needs that; check the brackets.", files.Load().Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Aliases_are_refused_because_nine_lines_of_them_can_stand_for_gigabytes()
    {
        using var files = new PackOnDisk().Write(Tests, "prelude: &a x\ntests: [*a]\n");

        Assert.Contains(files.Load().Problems, p => p is { File: Tests, Line: 1 } && p.Message == "Anchors (&name) and aliases (*name) are not read.");
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        using var files = new PackOnDisk().Write("materials/lists.md", "# Lists\n" + new string('x', 300 * 1024));

        Assert.Equal(["materials/lists.md:1: The file has 300 KB; Tutor reads up to 256 KB. Split it or shorten it."], files.Load().Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void A_file_in_another_encoding_is_told_with_the_line_of_the_first_bad_byte()
    {
        using var files = new PackOnDisk().WriteBytes("prompt.md", [.. "Be kind\nin the caf"u8, 0xE9, (byte)'\n']);

        Assert.Equal(["prompt.md:2: The file is not UTF-8 text. Save it again with the encoding UTF-8."], files.Load().Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_problem_and_no_exception()
    {
        var (pack, problems) = CoursePackLoader.Load("/nowhere/at-all");

        Assert.Null(pack);
        Assert.Equal("There is no folder '/nowhere/at-all'.", Assert.Single(problems).Message);
    }

    [Fact]
    public void The_folders_name_must_be_an_id()
    {
        using var files = new PackOnDisk("Small Course");

        Assert.Equal("'Small Course' is no id for a course.", Assert.Single(files.Load().Problems).Message);
    }
}
