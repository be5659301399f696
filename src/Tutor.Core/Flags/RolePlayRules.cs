using System.Text.RegularExpressions;

namespace Tutor.Core.Flags;

/// <summary>Phrases that hand a model a part to play, so that the part may say what the tutor may not.</summary>
/// <remarks>See <see cref="InjectionRules"/> for how they are measured.</remarks>
internal static partial class RolePlayRules
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public static IReadOnlyList<PhraseRule> All { get; } =
    [
        new("injection-part-to-play", 1, FlagCategory.Injection, FlagSeverity.Review, PartToPlay(), "Gives the tutor a part to play."),
        new("injection-names-the-model", 1, FlagCategory.Injection, FlagSeverity.Review, NamesTheModel(), "Speaks to a language model by name."),
        new("injection-shape-of-reply", 1, FlagCategory.Injection, FlagSeverity.Review, ShapeOfReply(), "Dictates how every reply has to begin, end or look."),
        new("injection-opposite", 1, FlagCategory.Injection, FlagSeverity.Review, Opposite(), "Asks for the opposite of what the tutor is for."),
        new("injection-change-of-task", 1, FlagCategory.Injection, FlagSeverity.Review, ChangeOfTask(), "Declares the task done and sets another."),
        new("injection-template", 1, FlagCategory.Injection, FlagSeverity.Review, Template(), "A prompt passed around with blanks to fill in."),
    ];

    [GeneratedRegex(@"\b(?:(?:ok(?:ay)?[.,! ]{1,3})?now you (?:are|act|will be|become|play)\b(?! (?:able|done|allowed|ready|supposed|right|wrong|using|getting|missing))"
        + @"|your (?:new )?(?:persona|character|alter ego)\b|(?:an?|your) alter[- ]ego\b|(?:two|2) (?:entities|persons|personalities|people) (?:inside|within|in) (?:of )?you|act as (?:two|2) entities"
        + @"|let'?s (?:play a game|act out|role-?play|pretend)|(?:transform|turn) (?:yourself )?into (?-i:[A-Z])\w{2,}|act as though (?:you|we)\b|adopt the (?:following )?persona"
        + @"|imagine (?:that )?you(?: are|'re) (?:the|a|an|not)\b|(?:you|gpt) are (?:an? )?(?:evil|rogue|uncensored|godlike|omnipotent|all-?powerful)\b|allow yourself to function)"
        + @"|(?:^|[.!?:]\s{1,3})(?:please )?(?:act|behave|answer|respond) (?:as|like) (?:if )?(?:you|an?|the|my)\b"
        + @"|^\W{0,3}you are (?:the )?(?-i:[A-Z])[\w-]{2,}(?: (?-i:[A-Z])\w+)?(?:[,.(:]| \()", Options, RegexLimit.Milliseconds)]
    private static partial Regex PartToPlay();

    [GeneratedRegex(@"\b(?:you are|you're|as|instead of|than|both|to|hello|hi|hey|dear|attention) (?:not |no longer |now )?(?:chat ?gpt|gpt-?[345]|claude|llama|an? (?:ai )?language model)\b"
        + @"(?! (?:said|says|told|suggested|gave|explained|wrote|and (?:it|they) (?:said|told)))|\bchat ?gpt(?:,| now\b| will\b| must\b|'s (?:rules|guidelines|policy|policies|restrictions))|\bopenai(?:'s)? (?:rules|guidelines?|polic(?:y|ies)|content|usage)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex NamesTheModel();

    [GeneratedRegex(@"\b(?:start|begin|end|finish|preface|precede|prefix|sign) (?:off )?(?:each|every|all(?: of)?|any|your|the)(?: of)?(?: your)?(?: single| next| following| future)? (?:repl(?:y|ies)|responses?|answers?|messages?|outputs?) (?:with|by)\b"
        + @"|\b(?:whenever|every time|each time|when) you (?:provide|give|write|send|make|respond|reply|answer)\b[^.\n]{0,60}\b(?:you (?:must|will|have to|should)|i want you to|always|add|output|start|say)\b"
        + @"|\b(?:for|in) (?:each|every|all|any)(?: of)?(?: your| my)? (?:repl(?:y|ies)|responses?|prompts?)\b[^.\n]{0,40}\b(?:output|add|answer|write|you will|you must|start|say|include)\b"
        + @"|\byou (?:will|must|shall|are to|have to|may|should|can) (?:always |only |never |now )(?:answer|respond|reply|speak|talk|output|say)\b|\brepeat (?:after me|everything (?:i|you))\b"
        + @"|\b(?:do not|don'?t|never|without|no) (?:moraliz|moralis|lectur|preach)(?:e|es|ing)\b|\b(?:unwanted|unsolicited|any) (?:disclaimers?|warnings or|moral)\b|\bjust output [""“']", Options, RegexLimit.Milliseconds)]
    private static partial Regex ShapeOfReply();

    [GeneratedRegex(@"\bopposite day\b|\b(?:do|say|answer) (?:the|exactly the) (?:opposite|reverse|contrary) (?:of|as|to|from)\b(?! (?:the )?(?:order|direction|list|string|previous (?:loop|exercise)))"
        + @"|\bdespite what(?:ever)? you(?:'ve| have| were)? (?:been )?(?:told|given|instructed)|\bignore (?:your|every|the last|what) (?:\w+ ){0,3}(?:technic|technique|program|warning|thing|response|training|told|said)\w*"
        + @"|\bhow (?:can|do|could) i (?:tell|get|make) you (?:to )?(?:ignore|forget|bypass|break)\b|\b(?:you|ai|system)[^.\n]{0,25}\b(?:has|have) (?:been )?(?:temporar\w+ )?(?:disabled|suspended|lifted|unlocked|jailbroken|hacked)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Opposite();

    [GeneratedRegex(@"\b(?:that is|that's|this is) (?:enough|done|all)\b[.!,]? (?:please |so )?(?:now|next)\b|\b(?:help me with|move on to|concentrate on|focus on|start with|here is) (?:the |a |your |my )?(?:new|next|following) (?:task|assignment|instruction)s?\b[^?\n]{0,60}(?::|\bwrite\b|\bnamely\b)"
        + @"|\b(?:new|additional|updated|further|important) (?:and important )?ins?tructions?\b(?! (?:for|of|in|from|on) (?:the )?(?:lab|assignment|homework|exercise|task|project|week|hw|course))"
        + @"|\binstructions? (?:has|have|are|is) (?:now )?(?:been )?(?:changed|updated|replaced|reset|overwritten|void)\b|\b(?:reset|change|reverse|invert|negate|duplicate|quote|recite|defy|subvert|break|abandon|rewrite|explain|repeat) (?:to me )?(?:all |any |of |the ){0,3}(?:your|my entire|previous|prior|earlier) (?:\w+ ){0,2}(?:instructions?|promp?t|directives?|thoughts|rules)\b"
        + @"|\bcontinue without (?:your )?instructions\b|\byour (?:\w+ ){0,2}instructions? (?:are|is|have|has|were|was)\b|\b(?:what|which|how many|do you (?:know|have|remember)|have you been given)\b[^.?\n]{0,25}\binstructions?\b[^.?\n]{0,30}\b(?:you|following|given to you|provided to you)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex ChangeOfTask();

    [GeneratedRegex(@"[\[{(<](?:insert|put|type|enter|add|your|the|my) (?:your |the |a |my )?(?:prompt|question|request|query|malicious \w+)(?: here| goes here)?[\]})>]|[\[{<]{1,20}prompt(?: here)?[\]}>]+"
        + @"|\bjailbreak(?:s|ed|ing)? (?:bot|prompt|mode|support|your|the ai|chat)|\[?🔓|/jailbreak\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Template();
}
