using Tutor.Core.Flags;

namespace Tutor.Web.Flags;

/// <summary>Flags as their student reads them.</summary>
internal static class OwnFlagWords
{
    public static string Of(string category) => category switch
    {
        FlagCategory.SolutionSeeking => "This looked like asking for the solution",
        FlagCategory.AnswerFishing => "You asked for hints several times without changing your work",
        FlagCategory.Injection => "This looked like an attempt to give Tutor other instructions",
        FlagCategory.OffTopic => "This looked like something other than the exercise",
        FlagCategory.Harassment => "This looked hostile towards a group of people",
        FlagCategory.AssessmentText => "This looked like text of a closed assessment",
        FlagCategory.RateAbuse => "Many requests came at once",
        FlagCategory.AnswerTable => "This program looked like a list of answers",
        _ => "This request was noted for your instructor",
    };
}
