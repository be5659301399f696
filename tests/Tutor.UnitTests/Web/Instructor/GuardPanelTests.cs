using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Tutor.Core.Guard;
using Tutor.Data.Analytics;
using Tutor.Data.Interactions;
using Tutor.Web.Instructor.Detail;
using Tutor.Web.Instructor.Overview;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Instructor;

/// <summary>What staff read of the guard's work.</summary>
public sealed class GuardPanelTests : BunitContext
{
    private const string Draft = "Phones are bad in school.";
    private const string Hint = "Every glance at a screen costs a learner several minutes of attention in every single lesson.";

    public GuardPanelTests() => Services.AddSingleton<MarkdownRenderer>();

    [Fact]
    public void A_text_s_next_draft_shows_how_much_of_it_stands_in_the_hint()
    {
        var detail = new InteractionDetail { Work = Draft, Answer = Hint, NextWork = $"{Draft} {Hint}" };

        var panel = Render<CopyThroughPanel>(p => p.Add(c => c.Detail, detail).Add(c => c.IsText, true));

        Assert.Contains("stand in the hint", panel.Markup);
        Assert.Contains("Above 2", panel.Find(".badge").TextContent);
        Assert.Equal("", Render<CopyThroughPanel>(p => p.Add(c => c.Detail, detail).Add(c => c.IsText, false)).Markup.Trim());
        Assert.Equal("", Render<CopyThroughPanel>(p => p.Add(c => c.Detail, detail with { NextWork = null }).Add(c => c.IsText, true)).Markup.Trim());
    }

    [Fact]
    public void What_was_held_back_and_what_was_looked_up_are_told_apart()
    {
        var panel = Render<VerdictsPanel>(p => p.Add(c => c.Action, "redacted").Add(c => c.Verdicts,
        [
            new RecordedVerdict { Layer = nameof(LeakLayer.Splice), Span = "x = 1", Reason = "It passes all 3 tests." },
            new RecordedVerdict { Layer = nameof(LeakLayer.UnknownCall), Span = "lst.push", Reason = "Python has no such call." },
        ]));

        Assert.Equal(["Library calls that were checked", "What the leak guard held back"], panel.FindAll("h2").Select(h => h.TextContent));
        Assert.Equal("x = 1", panel.Find("pre").TextContent);
        Assert.Contains("(Splice)", panel.Markup);
    }

    [Fact]
    public void Each_model_s_share_of_hints_with_a_call_that_does_not_exist_is_shown()
    {
        var table = Render<ModelChecksTable>(p => p.Add(c => c.Models, [new ModelChecks { Model = "small", Hints = 40, HeldBack = 4, UnknownCalls = 1, NotYetTaught = 2 }]));

        Assert.Equal(["40", "4 (10.0 %)", "1 (2.5 %)", "2 (5.0 %)"], table.FindAll("td").Select(c => c.TextContent));
    }
}
