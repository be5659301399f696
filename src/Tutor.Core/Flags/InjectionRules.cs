using System.Text.RegularExpressions;

namespace Tutor.Core.Flags;

/// <summary>Phrases by which people try to turn a model against its instructions.</summary>
/// <remarks>Written against public collections of such prompts and of harmless look-alikes; the figures are asserted in MisuseScreenTests. Every
/// repetition is bounded, so that no text makes them slow.</remarks>
internal static partial class InjectionRules
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public static IReadOnlyList<PhraseRule> All { get; } =
    [
        new("injection-override", 1, FlagCategory.Injection, FlagSeverity.Review, Override(), "Asks to ignore or override instructions."),
        new("injection-forget-all", 1, FlagCategory.Injection, FlagSeverity.Review, ForgetAll(), "Asks to forget what was said before."),
        new("injection-persona", 2, FlagCategory.Injection, FlagSeverity.Review, Persona(), "Gives the tutor another role."),
        new("injection-new-instructions", 1, FlagCategory.Injection, FlagSeverity.Review, NewInstructions(), "Announces new instructions."),
        new("injection-role-marker", 1, FlagCategory.Injection, FlagSeverity.Review, RoleMarker(), "Imitates the marks that separate roles in a prompt."),
        new("injection-reveal-prompt", 2, FlagCategory.Injection, FlagSeverity.Review, RevealPrompt(), "Asks for the instructions the tutor works by."),
        new("injection-reveal-given", 1, FlagCategory.Injection, FlagSeverity.Review, RevealGiven(), "Asks for what the tutor was told."),
        new("injection-secret", 2, FlagCategory.Injection, FlagSeverity.Review, Secret(), "Asks for a secret or a password."),
        new("injection-mode", 1, FlagCategory.Injection, FlagSeverity.Review, SpecialMode(), "Asks for a special mode."),
        new("injection-no-limits", 1, FlagCategory.Injection, FlagSeverity.Review, NoLimits(), "Asks for answers without limits."),
        new("injection-to-the-machine", 1, FlagCategory.Injection, FlagSeverity.Review, ToTheMachine(), "Speaks to a model that may read the work."),
        new("injection-grade", 1, FlagCategory.Injection, FlagSeverity.Review, Grade(), "Asks for a grade."),
        new("injection-pretend", 1, FlagCategory.Injection, FlagSeverity.Review, Pretend(), "Asks the tutor to pretend, or claims authority."),
        new("injection-encode", 1, FlagCategory.Injection, FlagSeverity.Review, Encode(), "Asks to decode and follow hidden instructions."),
        .. RolePlayRules.All,
        .. OtherLanguageRules.All,
    ];

    [GeneratedRegex(@"\b(?:ignor\w*|disregard|forget|overrid\w*|overwrite|bypass|skip|drop|discard|neglect|delete|erase|remove|cancel)\b[^.\n]{0,40}\b(?:previous"
        + @"|prior|above|earlier|preceding|all|any|your|the|these|those|system|initial|original|last|everything)\b[^.\n]{0,30}\b(?:ins?tr\w*ions?"
        + @"|prompts?|rules?|guidelines?|directions?|directives?|commands?|restrictions?|programming|assignments?|policies"
        + @"|policy|limitations?|safety)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Override();

    [GeneratedRegex(@"\b(?:forget|disregard|ignore)\s{1,3}(?:about\s{1,3})?(?:(?:previous|prior|above|the previous) (?:statements?"
        + @"|tasks?|text|info\w*)|rules|instructions|everything|all (?:of )?(?:the )?(?:previous|prior|above|earlier|preceding"
        + @"|that)|(?:everything|what|all) (?:you(?:'ve| have| were)?|i|we) (?:were |have |been |just |previously ){0,4}(?:told"
        + @"|said|learned|know|wrote)|the above|what(?:ever)? (?:i|you|was))\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex ForgetAll();

    [GeneratedRegex(@"\b(?:i want you to (?:act|respond|answer|behave|pretend|role-?play|simulate)\b|you are to (?:act|respond|behave) "
        + @"|you are (?:now|no longer)(?: going to)? (?:an? |the |in |bound|called|named|acting|pretending|dan\b|free)"
        + @"|from now on,? you(?: are|'re| will| must| shall| have)\b|you(?: will| are going to|'re going to) (?:act|pretend"
        + @"|behave|respond|role-?play) as\b|act(?:ing)? as (?:if you (?:are|were|have)|an? (?:unfiltered|unrestricted"
        + @"|evil|amoral|jailbroken|uncensored))|stay in character|(?:immerse yourself|play the role|take on the role|assume the role"
        + @"|role-?play(?:ing)? as|simulate being|simulate (?:an? )?(?:linux|terminal|developer|dan|jailbr\w+|ai|chat\w*|conversation|dialogue)\b) ?)", Options, RegexLimit.Milliseconds)]
    private static partial Regex Persona();

    [GeneratedRegex(@"\b(?:(?:new|updated|additional|real|actual|supplement\w*|important) (?:system )?(?:instructions?|prompt|rules?"
        + @"|task|tasks|directive)\s*(?::|follow)|now (?:new )?tasks? follow|your (?:new|next|only|real) (?:task|job|role"
        + @"|goal|objective|instructions?) (?:is|are)\b)", Options, RegexLimit.Milliseconds)]
    private static partial Regex NewInstructions();

    [GeneratedRegex(@"(?:^|\n)[ \t]{0,8}(?:#{1,6}[ \t]?|\[|<\|?|\*\*)?(?:system|assistant|developer)(?: (?:prompt|message|instructions?"
        + @"|note|override))?(?:\]|\|?>|\*\*)?[ \t]?:|<\|?(?:im_start|im_end|system|assistant|endoftext|eot_id|start_header_id)\|?>"
        + @"|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|\(#\w+\)\[#\w+\]|\[system\]\(#", Options, RegexLimit.Milliseconds)]
    private static partial Regex RoleMarker();

    [GeneratedRegex(@"\b(?:reveal|print|show|repeat|output|display|leak|tell|give|share|list|recite|write|summari[sz]e|translate"
        + @"|spell|say|echo|copy|what(?:'s| is| are| were)|describe)\b[^.\n]{0,40}\b(?:(?:system|hidden|initial\w*"
        + @"|secret|your|previous|original|last|first|above|preceding|all|every|developer|custom|the)\s{1,3}){1,4}(?:system\s{1,3})?(?:prompts?"
        + @"|instructions?|directives?|directions|guidelines)\b(?! (?:for|of|in|say|said) (?:the |this |task|question|problem"
        + @"|exercise|assignment|lab|hw|homework))", Options, RegexLimit.Milliseconds)]
    private static partial Regex RevealPrompt();

    [GeneratedRegex(@"\b(?:instructions?|prompts?|rules|directions|text|words|sentences?|everything)\b[^.\n]{0,20}\b(?:you (?:were"
        + @"|have been|'ve been|got|received|are) (?:given|told|provided)|you (?:were|are) (?:given|told|following)|given to you"
        + @"|(?:above|before|preceding|prior to) (?:this|here|my))\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex RevealGiven();

    [GeneratedRegex(@"\b(?:password|passwort|passphrase|secret (?:word|key|code|phrase|message|password)|hidden (?:word|message|password)"
        + @"|magic word|secret)\b[^?\n]{0,60}\b(?:letters?|spell|reverse\w*|backwards?|character|revers|rhyme\w*|encode\w*"
        + @"|base64|synonym\w*|hint|starts? with|without|each|told|guard\w*|protect\w*|reveal\w*|define|morse|rot13|translate\w*)\b"
        + @"|\b(?:reveal|tell|give|spell|show|print|say|what(?:'s| is| was)|write|output|share|guess|encode|reverse|define"
        + @"|translate|describe)\b(?![^.?\n]{0,40}'s \w+ password)[^.?\n]{0,40}\b(?:the|your|a|that)? ?(?:secret|password|passphrase|passcode|p4ssw0rd"
        + @"|codeword|magic word)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Secret();

    [GeneratedRegex(@"\b(?:developer|debug|god|dan|jailbreak|admin|unrestricted|sudo|maintenance|root|evil|opposite|chaos) ?mode\b"
        + @"|\bdo anything now\b|\bjailbroken\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex SpecialMode();

    [GeneratedRegex(@"\b(?:without|no|any|ignor\w+|free (?:of|from)|not bound by|bypass\w*|regardless of|disregard\w*|never) (?:any "
        + @"|all |moral |ethical |the |content |its |legal |openai(?:'s)? |own |usual |other ){0,4}(?:restrictions|filter\w*"
        + @"|censorship|limitations|guidelines|ethic\w*|morals?|policies|disclaimers?|refus\w+)\b|\b(?:unfiltered|unrestricted"
        + @"|uncensored|amoral|no-filter)\b[^.\n]{0,40}\b(?:ai|bot|chatbot|assistant|model|response|answer|version|character"
        + @"|persona)\b|\b(?:do(?:es)? not|don'?t|never|no longer|cannot|can'?t) (?:ever )?(?:refuses?|care (?:about|for)"
        + @"|have (?:any )?(?:restrictions|limits|ethic|moral)|break character|decline|reject)", Options, RegexLimit.Milliseconds)]
    private static partial Regex NoLimits();

    [GeneratedRegex(@"\b(?:note|message|instruction|attention|reminder|comment)s? (?:to|for) (?:the |any |all )?(?:ai|llms?|grader"
        + @"|auto-?grader|tutor|assistant|language model|model|chatbot|bot)\b|\bif you(?:'re| are) (?:an? )?(?:ai|llm|language model"
        + @"|chatbot|bot)\b|\b(?:dear|hello|hey|hi) (?:ai|gpt|chat ?gpt|llm|language model)\b|\b(?:hello|hey|hi),? chat ?gpt\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex ToTheMachine();

    [GeneratedRegex(@"\b(?:give|award|assign|grant)\b (?:me |this |it |the student |them )?(?:a |an |the )?(?:full|maximum|perfect"
        + @"|100 ?%?|top|highest|a\+)\s*(?:marks?|points?|score|grade|credit)\b|\bmark (?:this|it|everything|all) (?:as )?(?:correct"
        + @"|passed|solved|complete)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Grade();

    [GeneratedRegex(@"\bpretend (?:that )?(?:to be|you|you're)\b[^.\n]{0,60}\b(?:not an? (?:ai|tutor|bot)|no (?:rules|restrictions"
        + @"|limits|guidelines)|unrestricted|evil|persons?|human|dan|professor|instructor|teacher|ta|don'?t have|different ai"
        + @"|are (?:not )?bound)\b|\b(?:i am|i'm|this is) (?:your|the|an?) (?:developer|creator|admin\w*|professor|instructor"
        + @"|teacher|lecturer|ta|openai\w*|programmer)\b[^.\n]{0,60}\b(?:allow|authori[sz]|permit|need|want|so|and|order"
        + @"|unlock|give|tell)\w*", Options, RegexLimit.Milliseconds)]
    private static partial Regex Pretend();

    [GeneratedRegex(@"\b(?:base64|rot13|hex|morse)\b[^.\n]{0,40}\b(?:decode|follow|execute|encode)\w*|\b(?:decode|encode|translate)\b[^.\n]{0,40}\b(?:base64"
        + @"|rot13|morse|hexadecimal)\b[^.\n]{0,40}\b(?:then|and) (?:follow|execute|do|answer|obey)", Options, RegexLimit.Milliseconds)]
    private static partial Regex Encode();
}
