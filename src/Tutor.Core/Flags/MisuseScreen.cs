using System.Security.Cryptography;
using System.Text;
using Tutor.Core.Courses;
using Tutor.Core.Flags.Harassment;
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
    /// <summary>Every flag the request raises, none of it a judgement of the student.</summary>
    public IReadOnlyList<FlagFinding> Screen(HintRequest request)
    {
        var question = VisibleText.Of(request.Question);
        var work = VisibleText.Of(request.Work);
        var isCode = request.Exercise.Kind == ExerciseKind.Code;
        FlagFinding?[] found =
        [
            First(SolutionSeekingRules.All, question, "question"),
            isCode ? First(SolutionSeekingRules.All, work, "work") : null,
            First(InjectionRules.All, question, "question") ?? EmbeddedInstructionRule.FindQuoted(question) ?? HiddenTextRule.Find(request.Question, "question"),
            Own(request, First(InjectionRules.All, work, "work") ?? EmbeddedInstructionRule.Find(work)) ?? HiddenTextRule.Find(request.Work, "work"),
            HarassmentRule.Find(question, "question"),
            // A text handed in may be about hate; a program's comments are not.
            isCode ? HarassmentRule.Find(work, "work") : null,
            AssessmentTextRule.Find(request, time.GetUtcNow()),
            AnswerFishingRule.Find(request, time.GetUtcNow().ToUnixTimeMilliseconds()),
            OffTopicRule.Find(request, question),
        ];
        return [.. found.OfType<FlagFinding>().Select(f => Stamped(request, f))];
    }

    /// <summary>The flag with the fingerprint of the text it was raised on.</summary>
    internal static FlagFinding Stamped(HintRequest request, FlagFinding flag) => flag with { InputSha256 = Hash(Read(request, flag)) };

    /// <summary>The text a flag was raised on.</summary>
    internal static string Read(HintRequest request, FlagFinding flag) => flag.Field switch
    {
        "question" => request.Question,
        "work" => request.Work,
        _ => string.Join('\n', request.Thread.Select(t => t.Work).Append(request.Work)),
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // What the exercise itself says to its students is nobody's attack.
    private static FlagFinding? Own(HintRequest request, FlagFinding? found) =>
        found is null || request.Exercise.Starter.Contains(found.Quote, StringComparison.Ordinal) || request.Exercise.Task.Contains(found.Quote, StringComparison.Ordinal) ? null : found;

    private static FlagFinding? First(IReadOnlyList<PhraseRule> rules, VisibleText text, string field) =>
        text.Text.Length == 0 ? null : rules.Select(r => r.Find(text, field)).FirstOrDefault(f => f is not null);
}
