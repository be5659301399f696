using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;

namespace Tutor.Core.Flags;

/// <summary>Looks for possible misuse in what a student sent. It only raises flags for people to read; nothing is blocked by it.</summary>
/// <remarks>
/// Rules see the text without hidden characters, so that hiding splits no phrase; quotes come from the original, where they are
/// exact substrings. At most one flag per category and field. Rules are quiet and no defence: the leak guard is the defence.
/// </remarks>
public sealed class MisuseScreen(TimeProvider time)
{
    /// <summary>Flags without those of welfare.</summary>
    public IReadOnlyList<FlagFinding> Screen(HintRequest request)
    {
        var question = VisibleText.Of(request.Question);
        var work = VisibleText.Of(request.Work);
        FlagFinding?[] found =
        [
            First(SolutionSeekingRules.All, question, "question"),
            request.Exercise.Kind == ExerciseKind.Code ? First(SolutionSeekingRules.All, work, "work") : null,
            First(InjectionRules.All, question, "question") ?? HiddenTextRule.Find(request.Question, "question"),
            First(InjectionRules.All, work, "work") ?? HiddenTextRule.Find(request.Work, "work"),
            AnswerFishingRule.Find(request, time.GetUtcNow().ToUnixTimeMilliseconds()),
            OffTopicRule.Find(request, question),
        ];
        return [.. found.OfType<FlagFinding>()];
    }

    /// <summary>An explicit message of distress; null where there is none. For the welfare path only.</summary>
    /// <remarks>A text handed in may be about the subject, so only questions and programs are read.</remarks>
    public static FlagFinding? FindDistress(HintRequest request) =>
        WelfareRule.Explicit.Find(VisibleText.Of(request.Question), "question")
        ?? (request.Exercise.Kind == ExerciseKind.Code ? WelfareRule.Explicit.Find(VisibleText.Of(request.Work), "work") : null);

    private static FlagFinding? First(IReadOnlyList<PhraseRule> rules, VisibleText text, string field) =>
        text.Text.Length == 0 ? null : rules.Select(r => r.Find(text, field)).FirstOrDefault(f => f is not null);
}
