using Bunit;
using Tutor.Core.Hints;
using Tutor.Web.Student.Workspace;

namespace Tutor.UnitTests.Web.Student;

public sealed class LevelLadderTests : BunitContext
{
    [Fact]
    public void It_shows_the_rungs_the_policy_allows_and_how_far_the_student_got()
    {
        var ladder = Render<LevelLadder>(p => p.Add(l => l.Reached, HintLevel.Concept).Add(l => l.Highest, HintLevel.Location));

        Assert.Equal(["Nudge", "Idea", "Place"], ladder.FindAll(".rung").Select(r => r.TextContent));
        Assert.Equal(["Nudge", "Idea"], ladder.FindAll(".reached").Select(r => r.TextContent));
        Assert.Equal("Level 2 of 3: the idea behind the exercise", ladder.Find("[role=img]").GetAttribute("aria-label"));
    }
}
