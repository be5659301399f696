using Tutor.Core.Hints;

namespace Tutor.Web.Student.Workspace;

/// <summary>The levels in words a student knows.</summary>
public static class HintLevelWords
{
    public static string Name(HintLevel level) => level switch
    {
        HintLevel.Nudge => "Nudge",
        HintLevel.Concept => "Idea",
        HintLevel.Location => "Place",
        HintLevel.Example => "Example",
        HintLevel.PseudoCode => "Steps",
        _ => level.ToString(),
    };

    public static string Meaning(HintLevel level) => level switch
    {
        HintLevel.Nudge => "a question that points your attention",
        HintLevel.Concept => "the idea behind the exercise",
        HintLevel.Location => "where in your work the trouble is",
        HintLevel.Example => "a worked example of something similar",
        HintLevel.PseudoCode => "the steps in words",
        _ => "",
    };
}
