using System.Text.RegularExpressions;

namespace Tutor.Core.Flags;

/// <summary>Recognises a message that speaks plainly of harming oneself.</summary>
/// <remarks>Recall comes before precision, because a wrong support text does little harm. It looks for no mood and watches nobody:
/// only what is said to Tutor in so many words.</remarks>
internal static partial class WelfareRule
{
    public static PhraseRule Explicit { get; } = new("welfare-explicit", 1, FlagCategory.Welfare, FlagSeverity.HumanContact, Phrase(),
        "The message may speak of self-harm. The support text was shown; a person should make contact.");

    [GeneratedRegex(@"\b(?:kill(?:ing)? myself|(?:end|ending|take|taking) my (?:own )?life|i(?:'m| am| feel| have been|'ve been)(?: \w+){0,2} suicidal"
        + @"|(?:my|commit\w*|attempt\w*|about) suicide\b(?=[^.?!\n]{0,40}\b(?:i|me|my|myself)\b)|(?:thinking|thoughts?) (?:about"
        + @"|of) suicide|(?:want|wanna|wish|going|ready|rather|plan\w*) (?:to )?(?:just )?(?:die\b(?! of )|be dead\b)|wish (?:that )?i (?:was"
        + @"|were) (?:dead|never born)|wish i had never been born|(?:don'?t|do not|no longer) (?:want|wish) to (?:live"
        + @"|be alive|exist|wake up)\b|better off (?:dead|without me)|(?:hurt|harm|cut|cutting|hurting|harming) myself"
        + @"|self[- ]harm\w*|(?:no (?:reason|point) (?:to|in) (?:live|living|being alive|going on living))|can'?t go on (?:living"
        + @"|any ?more|any longer)|nothing (?:left )?to live for|i(?:'ll| will|'m going to| am going to| want to| might) overdose"
        + @"|(?:i(?:'ll| will|'m going to| am going to| want to| might)) jump off)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Phrase();
}
