using System.Text.RegularExpressions;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Prompting;
using Tutor.Core.Privacy;
using Tutor.Core.Retrieval;
using Tutor.UnitTests.Evidence;

namespace Tutor.UnitTests.Hints;

[Collection(nameof(EvidenceFixture))]
public sealed partial class PromptPreviewTests(EvidenceFixture sandbox)
{
    private readonly PromptPreview preview = new(
        new RubricRetriever(new PassageIndexes()), new PromptPrivacy(new PersonalDataFinder(new PrivacyOptions())));

    [Fact]
    public async Task A_preview_is_what_the_pipeline_sends_but_for_the_random_marks()
    {
        await using var bench = await PipelineBench.SayingAsync(sandbox.Required, "What does the name hold after the second round?\n");
        var run = await bench.RunAsync(Requests.ForCode());

        var shown = preview.Compose(Requests.ForCode(), run.Outcome.Evidence);

        Assert.Equal(run.Outcome.Prompt.Select(m => Unmarked(m.Text)), shown.Messages.Select(m => Unmarked(m.Text)));
    }

    [Fact]
    public void A_level_above_the_edited_policy_is_previewed_as_a_hint_would_be_written()
    {
        var strict = Requests.Course with { Pack = Requests.Course.Pack with { Policy = new HintPolicy { HighestLevel = HintLevel.Nudge }, Prompt = "Speak in verse." } };
        var request = Requests.ForCode() with { Course = strict, Level = HintLevel.Example };

        var shown = preview.Compose(request, RunEvidence.NotApplicable);

        Assert.StartsWith("Speak in verse.", shown.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains("NUDGE", shown.Messages[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("EXAMPLE", shown.Messages[1].Text, StringComparison.Ordinal);
    }

    private static string Unmarked(string text) => Mark().Replace(text, "*");

    [GeneratedRegex(@"[0-9a-f]{32}|[bcdfghjkmnpqrstvwxz][2-9][bcdfghjkmnpqrstvwxz][2-9]")]
    private static partial Regex Mark();
}
