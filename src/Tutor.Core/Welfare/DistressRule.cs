using System.Text.RegularExpressions;
using Tutor.Core.Courses;
using Tutor.Core.Interactions;

namespace Tutor.Core.Welfare;

/// <summary>Recognises a message in which somebody says in so many words that they think of harming themselves.</summary>
/// <remarks>
/// Recall comes before precision, because a wrong support text does little harm. It looks for no mood and watches nobody. Common idioms
/// ("killing me", "die of embarrassment") are left out; what it finds and misses is asserted on a labelled set in the tests.
/// </remarks>
public static partial class DistressRule
{
    private const string Id = "distress-explicit";
    private const int Version = 2;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex[] phrases = [Killing(), Ending(), Dying(), NotLiving(), Harming(), Suicide(), Missing(), OtherLanguages()];

    // Read piece by piece, a text of any length costs its length and no more. Pieces overlap by a phrase and what is looked at behind it.
    private const int PieceLength = 8_000;
    private const int LongestPhrase = 400;
    private const int LookedAtBehind = 100;

    /// <param name="kind">What the work is; null where that is not known.</param>
    /// <returns>The first such words; null where there are none.</returns>
    /// <remarks>A text handed in may be about the subject, so only questions and programs are read, and works of which nobody can say what they are.</remarks>
    public static Distress? Find(string question, string work, ExerciseKind? kind) =>
        Find(question, Distress.Question) ?? (kind is ExerciseKind.Code or null ? Find(work, Distress.Work) : null);

    private static Distress? Find(string original, string field)
    {
        var text = VisibleText.Of(original);
        // Curly apostrophes are as long as straight ones, so places stay.
        var plain = text.Text.Replace('’', '\'');
        for (var from = 0; from < plain.Length; from += PieceLength - LongestPhrase - LookedAtBehind)
        {
            var piece = plain.Substring(from, Math.Min(PieceLength, plain.Length - from));
            var until = from + piece.Length == plain.Length ? piece.Length : piece.Length - LookedAtBehind;
            // From the second character of a later piece, whose beginning is no beginning of the text.
            if (phrases.Select(phrase => Match(phrase, piece, from == 0 ? 0 : 1)).Where(found => found is { Success: true } && found.Index + found.Length <= until)
                .MinBy(found => found!.Index) is not { } match) continue;
            var (start, quote) = text.InOriginal(from + match.Index, Math.Min(match.Length, LongestPhrase));
            return new Distress(Id, Version, field, start, quote);
        }
        return null;
    }

    // A piece takes well under a millisecond. Should one take a thousand times that, the other phrases may still be found in it.
    private static Match? Match(Regex phrase, string piece, int from)
    {
        try
        {
            return phrase.Match(piece, from);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // "I could kill myself for that typo", "kill myself laughing".
    [GeneratedRegex(@"\b(?:kill(?:ing)?|shoot(?:ing)?|hang(?:ing)?|drown(?:ing)?|unaliv(?:e|ing)|off(?:ing)?) (?:my ?self|meself)\b"
        + @"(?! (?:laughing|in the foot|for (?:not|forgetting|missing|that|this)|from the|out (?:of|to) dry|in (?:work|assignments|homework|coffee)))"
        + @"|\b(?:wanna|want to|gonna|going to|might|will|should|just|imma) kms\b|\bslit(?:ting)? my wrists?\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Killing();

    [GeneratedRegex(@"\b(?:end|ending|take|taking|took) (?:my own|my) life\b|\b(?:end|ending) it all\b(?! (?:in|with|at|on|after|by|here|when|properly))"
        + @"|\b(?:i(?:'m| am|'ll| will|'ve)?|me)\b[^.?!\n]{0,30}\b(?:end|ending) it (?:tonight|today|now|soon|for good|forever)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Ending();

    // First person, or no subject at all: "my thread wants to die" is about a thread.
    [GeneratedRegex(@"(?:\b(?:i(?:'m| am|'d| would| just| really| only| kind of| honestly| still| have| had| often| always| sometimes)*|me|and|so|just)|^)[ ,]{0,2}"
        + @"(?:\w+ ){0,3}(?:want(?:ed)?|wanna|wish(?:ed)?|long|hope|ready|rather|plan(?:ning)?|going|try(?:ing)?|prefer|deserve) (?:i (?:could|would) )?(?:to )?(?:just )?"
        + @"(?:die\b(?! (?:of|from|laughing|than|on the|a hero|hard))|be dead\b|not exist\b|disappear (?:for(?: |-)?ever|for good|from (?:this|the) (?:world|earth))"
        + @"|(?:never|not) wake up\b|fall asleep and (?:never|not) wake up|not be (?:alive|here any ?more))"
        + @"|\bwish(?:ed|ing)? (?:that )?i (?:was|were|'?d be|would be) (?:dead|never born|gone for ?ever)\b|\bwish(?:ed)? (?:that )?i (?:had|'d) never been born\b"
        + @"|\bwish(?:ed)? (?:that )?i (?:wasn'?t|weren'?t|was not|were not) (?:alive|born)\b|\bhope (?:that )?i (?:die|don'?t wake up|never wake up)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Dying();

    [GeneratedRegex(@"\b(?:don'?t|do not|no longer|didn'?t|never) (?:really |even )?(?:want|wish|care) (?:to |if i )(?:live\b(?![ -](?:in|with|at|near|code|coding|stream))"
        + @"|be alive\b|exist\b|wake up (?:again|any ?more|tomorrow)|be (?:here|around|on this (?:earth|planet)) any ?more|keep (?:living|on living)|go on living)"
        + @"|\bcan'?t go on(?: living| any ?more\b(?! with)| any longer\b(?! with)| like this)|\bcan(?:not|'t) keep (?:on )?living\b"
        + @"|\b(?:nothing|no (?:reason|point|purpose)) (?:left )?(?:for me )?(?:to|in) (?:live(?: for)?|living|being alive|stay(?:ing)? alive|going on living)\b"
        + @"|\b(?:my )?life (?:is|isn'?t|is not|has|feels?) (?:just |really |no longer |not )?(?:worth living|worth it any ?more|pointless and i)\b|\btired of (?:living|being alive)\b"
        + @"|\bnot worth living\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex NotLiving();

    [GeneratedRegex(@"\b(?:hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|burn(?:ing)?|starv(?:e|ing)) myself\b(?! (?:in|at|playing|during|while|some slack|off|short|out|shaving|cooking|on (?:the|a)))"
        + @"|\bself[- ]?harm(?:ed|ing|s)?\b(?=[^.?!\n]{0,60}\b(?:i|me|my|again|myself)\b)|\b(?:i|i've|i'm|i have|i am|my)\b[^.?!\n]{0,40}\bself[- ]?harm"
        + @"|\b(?:i|i'll|i'm|i've|want|going|might|will|could|thinking)\b[^.?!\n]{0,40}\b(?:overdos(?:e|ed|ing)\b|(?:take|taking|swallow(?:ing)?|took) (?:all|a (?:whole )?bottle of|too many|every one of) (?:of )?(?:my |the |those |these )?(?:\w+ )?(?:pills|tablets|medication|meds)\b"
        + @"|jump(?:ing)? (?:off|from|in front of) (?:a|the|my|that|this) (?:\w+ )?(?:bridge|roof|building|balcony|cliff|train|bus|car|window))"
        + @"|\bcutting again\b|\bstarted cutting\b(?! (?:the|it|out|corners))", Options, RegexLimit.Milliseconds)]
    private static partial Regex Harming();

    [GeneratedRegex(@"\bi(?:'m| am| feel| felt| have been|'ve been| get| keep feeling)(?: \w+){0,3} suicidal\b|\bsuicidal (?:thoughts|feelings|ideation)\b(?=[^.?!\n]{0,60}\b(?:i|me|my)\b)"
        + @"|\b(?:i|i've|i'm|i have|my|me|been|keep)\b[^.?!\n]{0,40}\bsuicidal (?:thoughts|feelings)\b"
        + @"|\b(?:commit\w*|attempt\w*|consider\w*|plan\w*|try(?:ing)?|tried|about) suicide\b(?=[^.?!\n]{0,50}\b(?:i|me|my|myself)\b)"
        + @"|\b(?:i|i'm|i've|i'll|i'd|me)\b[^.?!\n]{0,40}\b(?:commit\w*|attempt\w*|consider\w*|plan\w*|think\w* (?:about|of)|thought (?:about|of)|thoughts of) (?:my )?suicide\b"
        + @"(?!\s(?:prevention|rates?|squad|statistics|research|bombers?|burn|essay))|\b(?:my|wrote a|writing a) (?:own )?(?:suicide|goodbye) (?:note|letter|plan|attempt)s?\b(?! (?:function|class|program))", Options, RegexLimit.Milliseconds)]
    private static partial Regex Suicide();

    [GeneratedRegex(@"\bbetter off (?:dead\b|without me\b|if i (?:was|were|wasn'?t|weren'?t|died|did not|didn'?t))|\b(?:world|family|parents|friends|they|everyone|everybody|people) (?:would|will|'d) (?:be|all be) (?:happier|better)(?: off)? (?:without me|if i (?:was|were|died|wasn'?t))"
        + @"|\b(?:no ?(?:body|one)|they|everyone) (?:would|will|'d) (?:even |really |ever )?(?:miss me|notice|care) if i (?:died|die|was dead|were dead|was gone|were gone|wasn'?t here|disappeared|killed)"
        + @"|\bnot (?:be )?(?:here|alive|around) (?:tomorrow|next week|much longer) (?:anyway|because i)", Options, RegexLimit.Milliseconds)]
    private static partial Regex Missing();

    [GeneratedRegex(@"\b(?:will|möchte|mag) (?:einfach )?(?:nicht mehr (?:leben|da sein|aufwachen)|sterben)\b|\b(?:mich|mir) (?:selbst )?(?:umbringen|umzubringen|das leben (?:zu )?nehmen|etwas (?:an(?:zu)?tun))\b|\bselbstmordgedanken\b"
        + @"|\b(?:quiero|quisiera|deseo) (?:morir(?:me)?|matarme|desaparecer para siempre|suicidarme)\b|\bno quiero (?:seguir )?vivi(?:r|endo)\b|\b(?:suicidarme|quitarme la vida)\b"
        + @"|\bje (?:veux|voudrais|vais) (?:mourir|me tuer|me suicider|en finir)\b|\bje ne veux plus vivre\b|\b(?:voglio|vorrei) (?:morire|uccidermi|farla finita)\b|\b(?:quero|queria) (?:morrer|me matar)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex OtherLanguages();
}
