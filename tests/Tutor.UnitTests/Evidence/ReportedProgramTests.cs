using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Ladder;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Evidence;

/// <summary>Programs of the kinds that people reported of graders like ours.</summary>
[Collection(nameof(EvidenceFixture))]
public sealed class ReportedProgramTests(EvidenceFixture sandbox)
{
    [Theory]
    [InlineData("counts = defaultdict(int)", "from collections import defaultdict")]
    [InlineData("counts = OrderedDict()", "from collections import OrderedDict")]
    [InlineData("counts = Own()", "class Own(dict):\n    def __missing__(self, key): return 0")]
    public async Task A_right_program_passes_whatever_kind_of_dict_it_counts_in(string made, string before)
    {
        var exercise = Sample("word-counts");
        var reference = exercise.References[0];
        Assert.Contains("counts = {}", reference, StringComparison.Ordinal);

        var shown = await CollectAsync(exercise, $"{before}\n{reference.Replace("counts = {}", made, StringComparison.Ordinal)}");

        Assert.True(shown.AllPassed, shown.FirstFailure?.Actual);
    }

    [Fact]
    public async Task The_reported_program_with_a_defaultdict_passes_all_its_tests() =>
        Assert.Equal(11, (await CollectAsync(Sample("word-counts"), Reported("word_counts_defaultdict.py"))).PassedCount);

    [Fact]
    public async Task The_order_of_a_set_is_the_same_at_every_run()
    {
        var suite = new TestSuite { Cases = [new() { Id = "order", Call = "list({'pear', 'fig', 'plum', 'kiwi', 'lime'})", Expected = "[]", Public = true }] };

        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => new EvidenceCollector(sandbox.Required).CollectAsync(suite, $"# {n}", TestContext.Current.CancellationToken)));

        Assert.Single(runs.Select(run => run.Results[0].Actual).Distinct());
    }

    [Fact]
    public async Task The_reported_program_that_lists_a_set_gets_one_verdict()
    {
        var program = Reported("set_order.py");
        var suite = new TestSuite { Cases = [new() { Id = "listed", Call = "unique([\"b\", \"a\", \"b\"])", Expected = "['a', 'b']", Public = true }] };

        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => new EvidenceCollector(sandbox.Required).CollectAsync(suite, $"{program}# {n}", TestContext.Current.CancellationToken)));

        Assert.Single(runs.Select(run => run.Results[0].Outcome).Distinct());
    }

    [Fact]
    public async Task A_program_for_a_newer_Python_is_told_which_one_reads_it_here()
    {
        var (evidence, hint) = await HintAsync(Sample("running-total"), "d = {'a': 1}\nprint(f'value {d['a']}')\n");

        Assert.SkipWhen(Version.Parse(evidence.Python!) >= new Version(3, 12), "The Python here reads it.");
        Assert.Contains($"Python {evidence.Python} reads your program here", hint, StringComparison.Ordinal);
        Assert.Contains("Before Python 3.12", hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reported_f_string_is_told_which_Python_reads_it() =>
        Assert.Contains("Before Python 3.12", (await HintAsync(Sample("running-total"), Reported("fstring_312.py"))).Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("def running_total(numbers):\n    input('How many? ')\n    return numbers\n")]
    [InlineData("how_many = int(input())\ndef running_total(numbers):\n    return numbers\n")]
    [InlineData("import sys\ndef running_total(numbers):\n    for n in iter(input, ''): pass\n")]
    public async Task A_program_that_waits_for_somebody_to_type_is_told_that_nobody_does(string program)
    {
        var (_, hint) = await HintAsync(Sample("running-total"), program);

        Assert.Contains("nobody types here", hint, StringComparison.Ordinal);
        Assert.Contains("EOFError", hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reported_program_with_input_is_told_that_nobody_types() =>
        Assert.Contains("nobody types here", (await HintAsync(Sample("running-total"), Reported("input_in_function.py"))).Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("def running_total(numbers):\n\u00a0\u00a0\u00a0\u00a0return numbers\n", "Line 2 holds the character U+00A0, a no-break space")]
    [InlineData("def running_total(numbers):\n    x = 1\n\u3000return numbers\n", "Line 3 holds the character U+3000, an ideographic space")]
    [InlineData("x =\u200b1\n", "Line 1 holds the character U+200B, a zero-width space")]
    [InlineData("x = \u201ca\u201d\n", "Line 1 holds the character U+201C, a curly quote")]
    public async Task A_character_that_Python_does_not_read_is_named_with_its_line(string program, string words) =>
        Assert.Contains(words, (await HintAsync(Sample("running-total"), program)).Hint, StringComparison.Ordinal);

    private static string Reported(string file)
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        return File.ReadAllText(Path.Combine(SharedData.Folder, "faults", file));
    }

    private static Exercise Sample(string id) =>
        CoursePackLoader.Load(Path.Combine(SourceFiles.Root, "courses", "intro-python")).Pack!.FindExercise(id)!;

    private Task<RunEvidence> CollectAsync(Exercise exercise, string program) =>
        new EvidenceCollector(sandbox.Required).CollectAsync(exercise, program, TestContext.Current.CancellationToken);

    private async Task<(RunEvidence Evidence, string Hint)> HintAsync(Exercise exercise, string program)
    {
        var evidence = await CollectAsync(exercise, program);
        var hint = LadderWriter.Write(new() { Exercise = exercise, Policy = new(), Evidence = evidence, Work = program, Level = HintLevel.Nudge });
        return (evidence, hint.Text.ReplaceLineEndings(" "));
    }
}
