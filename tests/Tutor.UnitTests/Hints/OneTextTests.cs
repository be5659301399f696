using System.Text.RegularExpressions;
using CsCheck;
using Tutor.Core;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints.Prompting;
using Tutor.Core.Privacy;
using Tutor.UnitTests.Evidence;

namespace Tutor.UnitTests.Hints;

/// <summary>Tests, hint and prompt speak of the text that the student gave, character for character.</summary>
[Collection(nameof(EvidenceFixture))]
public sealed partial class OneTextTests(EvidenceFixture sandbox)
{
    private static readonly Exercise texts = Requests.Total with
    {
        Starter = "",
        Tests = new TestSuite
        {
            Cases =
            [
                new TestCase { Id = "family", Call = "len(family())", Expected = "5", Public = true },
                new TestCase { Id = "accent", Call = "len(accent())", Expected = "5", Public = true },
                new TestCase { Id = "lines", Call = "len(lines())", Expected = "3", Public = true },
            ],
        },
    };

    [Theory]
    [InlineData("def family():\n    return '👨\u200d👩\u200d👧'\ndef accent():\n    return 'cafe\u0301'\ndef lines():\n    return 'a\u2028b'\n", 3)]
    [InlineData("def family():\r\n    return '👨\u200d👩\u200d👧'\r\n\f\r\ndef accent():\r\n    return 'cafe\u0301'\r\ndef lines():\r\n    return 'a\u0085b'\r\n", 3)]
    [InlineData("def family():\r    return '12345'\rdef accent():\r    return 'caf\u00e9'\rdef lines():\r    return 'a\u2029b'", 2)]
    [InlineData("\ufeffdef family(): return '12345'\ndef accent(): return '12345'\ndef lines(): return '\u001b\u007f\u200b'", 3)]
    public async Task Run_the_tests_and_get_a_hint_judge_the_same_text(string program, int passed)
    {
        await using var bench = PipelineBench.WithoutModel(sandbox.Required);

        var tested = await new EvidenceCollector(sandbox.Required).CollectAsync(texts, program, TestContext.Current.CancellationToken);
        var hinted = (await bench.RunAsync(Requests.ForCode(program) with { Exercise = texts })).Outcome.Evidence;

        Assert.Equal((EvidenceState.Ran, passed), (tested.State, tested.PassedCount));
        Assert.Equal((EvidenceState.Ran, passed), (hinted.State, hinted.PassedCount));
    }

    [Fact]
    public async Task Every_text_is_run_and_quoted_as_it_was_given()
    {
        string[] pieces = ["x = 1", "# کتاب\u200cها", "'e\u0301'", "👨\u200d👩", "\n", "\r\n", "\r", "\f", "\u2028", "\u0085", "<b>", "&amp;", "\t", "\ud7ff", "é"];
        var given = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[1, 20].Select(string.Concat).Array[40].Single(_ => true, "0N0XIzNsQ0O2");
        var privacy = new PromptPrivacy(new PersonalDataFinder(new PrivacyOptions()));

        foreach (var work in given.Where(w => w.Trim().Length > 0))
        {
            var runner = new CountingRunner(new NeverRuns());
            await using var bench = PipelineBench.WithoutModel(runner);
            await bench.RunAsync(Requests.ForCode(work));
            var request = Requests.ForCode(work, work);
            var hidden = privacy.Mask(request);
            var prompt = HintComposer.Compose(hidden.Request, hidden.Work, hidden.Question, RunEvidence.NotApplicable, [], request.Level);

            Assert.Equal(work, Assert.Single(runner.Requests[0].Programs));
            var marked = prompt.Messages[1].Text.Split($"BEGIN WORK {prompt.Marks.Boundary}\n")[1].Split($"END WORK {prompt.Marks.Boundary}")[0];
            var quoted = string.Join('\n', marked.TrimEnd('\n').Split('\n').Select((line, i) => line[$"{prompt.Marks.Tag}|{i + 1}| ".Length..]));
            Assert.Equal(Breaks().Replace(TextLines.Plain(work).TrimEnd('\n'), "~"), Named().Replace(quoted, "~"));
        }
    }

    [GeneratedRegex("[\f\u0085]+")]
    private static partial Regex Breaks();

    [GeneratedRegex(@"\[U\+[0-9A-F]{4}(?: and \d+ more hidden characters)?\]")]
    private static partial Regex Named();

    [Fact]
    public async Task A_quote_of_a_Persian_essay_keeps_its_joiners()
    {
        const string essay = "من می\u200cروم به کتاب\u200cخانه زیرا کتاب\u200cها مهم هستند. برخی می\u200cگویند که اینترنت کافی است.";
        await using var bench = PipelineBench.WithoutModel(new NeverRuns());

        var outcome = (await bench.RunAsync(Requests.ForText(essay) with { Exercise = Requests.Thesis with { Words = new WordRange(100, 200) } })).Outcome;

        Assert.Contains("می\u200cگویند", outcome.Answer + string.Join('\n', outcome.Basis.Select(b => b.ToString())));
    }

    /// <summary>Says that it cannot just now, so that nothing is remembered.</summary>
    private sealed class NeverRuns : ICodeRunner
    {
        public string? OffReason => null;

        public Task<IReadOnlyList<ProgramRun>> RunAsync(RunRequest request, CancellationToken cancel) => throw new SandboxUnavailableException("Busy.");
    }
}
