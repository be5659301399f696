using System.Text.RegularExpressions;

namespace Tutor.Core.Flags.Harassment;

/// <summary>Word lists of <see cref="HarassmentRule"/>: groups of people, hostility, and what turns a hostile word into something else.</summary>
/// <remarks>They contain offensive words, because people write them. Matched against <see cref="PlainWords"/>.</remarks>
internal static partial class HarassmentWords
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const string Before = "(?<![a-z])";
    private const string After = "(?![a-z])";

    [GeneratedRegex(Before + @"(?:wom[ae]n|females?|girls?|gays?|lesbians?|homosexuals?|trans(?:gender|sexual)?s?|lgbt\w*|muslims?|islam(?:ic)?|jew(?:s|ish)?|christians?|hindus?"
            + @"|sikhs?|blacks|black(?! (?:screen|box|board|white|and|or|hat|list|background|line|colou?r|square|pixel|circle|text|border|window|hole))"
            + @"|african[- ]americans?|africans?|asians?|chinese|arabs?|latin[oax]s?|hispanics?|mexicans?|indians?|immigrants?|migrants?|refugees?|foreigners|disabled"
            + @"|disabilit\w+|autistic|deaf|blind people|handicapped|roma|indigenous|aboriginals?|old people|poles|turks)"
            + After, Options, RegexLimit.Milliseconds)]
    public static partial Regex Group();

    [GeneratedRegex(Before + @"(?:wetbacks?|mu(?:zz|s)ies?|jihadis?|camel[- ]?(?:fucker|jockey)s?|rag ?heads?|towel ?heads?|tran(?:ny|nies)|she ?males?|mongs?|cripples?|retards?"
            + @"|sluts?|whores?|bitch(?:es)?|hoes?|fag(?:got)?s?|dykes?|queers?|nigg(?:er|a)s?|negro(?:e?s)?|coons?|spics?|gooks?|chinks?|kikes?|pakis?|cunts?"
            + @"|spastics?|border jumpers?)"
            + After, Options, RegexLimit.Milliseconds)]
    public static partial Regex Slur();

    [GeneratedRegex(Before + @"(?:hat(?:e|ed|red|es|ing)|loath\w*|despis\w*|detest\w*|abhor\w*|contempt\w*|rage|boil with|make[s]? me (?:sick|boil|angry|puke)|can(?:not|'?t) stand"
            + @"|disgust\w*|repuls\w*|repugnan\w*|revolt\w*|vile|filth\w*|scum\w*|vermin|parasit\w*|cockroach\w*|rats?|pigs?|leech\w*|plague|cancer|virus|disease"
            + @"|infest\w*|swarms?|trash|garbage|dirt|rubbish|shit|sub-?human\w*|inferior|lesser beings?|lesser|worthless|worth (?:absolutely )?(?:nothing|shit)"
            + @"|waste of space|uncivili[sz]ed|barbari\w*|savages?|primitive|animals|dumb\w*|stupid\w*|moron\w*|idiot\w*|pathetic|evil|wicked|threat to|danger to"
            + @"|fuck\w*|screw all|shut the|kill(?:ed|ing)?|murder\w*|shoot(?:ing)?|shot|stab\w*|strangl\w*|hang(?:ed|ing)?|hung|burn(?:ed|ing|t)?|tortur\w*|suffer\w*"
            + @"|attack(?:ed|ing)?|hurt(?:ing)?|harm|beat(?:en|ing)? up|rap(?:e|ed|ing)|exterminat\w*|eradicat\w*|eliminat\w*|gass?ed|wip(?:e|ed|ing) out|snap the"
            + @"|cut (?:their|your|his|her)|throats?|execut\w*|lynch\w*|punish\w*|deserve[s]? to (?:die|suffer|be)|should (?:all )?(?:die|be dead)|(?:have"
            + @"|has) no place|no space|don'?t belong|go back to|better off without|nothing worse|refuse|pests?|brainless|mindless|sick of|sick to|(?:absolute )?worst"
            + @"|ignorant|drown\w*|biggest mistake|bullshit|worthy of living|no value|of no use|useless|failure|disgrace|ashamed|ape|apes|monkeys?|pity|fear"
            + @"|terroris\w*|criminals?|like less|less than|lift a finger|care more about|rather (?:have|be|die|see)|baffles me|valuable member|human rights"
            + @"|smarter than|not human|equal(?:s)?|never be|let any|no better than|under my shoe|gone)"
            + After, Options, RegexLimit.Milliseconds)]
    public static partial Regex Hostile();

    [GeneratedRegex(Before + @"(?:how dare|disagree with|shows how|lost all respect|when you (?:said|say|wrote|called)|for saying|saying (?:that )?you|misguided|(?:he|she"
            + @"|they) (?:said|called|told me)|to be called|being called|be calling|reported|nobody should (?:say|call)|opinion doesn|say to me|not (?:ok|okay"
            + @"|acceptable|right|reflect)|unacceptable|inexcusable|consequences for|say(?:ing)? (?:that |things like )?[""“']|calling (?:people|someone|them|her|him)"
            + @"|call(?:s|ed)? (?:people|someone|them)|report it|will (?:get|be) (?:blocked|reported|banned)|kicked off|fired for|has to stop|have to stop|must stop"
            + @"|doesn'?t count|bigot\w*|racis[tm]\w*|sexis[tm]\w*|misogyn\w*|homophob\w*|transphob\w*|islamophob\w*|ableis[tm]|xenophob\w*|prejudice\w*|hate speech"
            + @"|hateful|dehumani[sz]ing thing|fuck you for|who (?:say|think|send|write|tell|call|believe)|(?:people|anyone|those) who|messages? like|comments? like"
            + @"|writing that|tweet\w*|stop (?:saying|calling)|shouldn'?t (?:say|write)|did you (?:just|really|seriously) (?:say|call|write)|you (?:just|really) said"
            + @"|(?:to|for) say(?:ing)? (?:that )?(?:you|all)|using words like|terms like|words like|the term|your obvious)"
            + After, Options, RegexLimit.Milliseconds)]
    public static partial Regex Counter();

    [GeneratedRegex(Before + @"(?:(?:my|real|freshest|realest|this) (?:nigg\w+|bitch\w*)|proud|love to see|love you|shout ?out|my (?:fellow|brothers?|sisters?)"
            + @"|as an? \w+ (?:person )?(?:myself|i)|being an? \w+ is|like me\b|rights|we (?:are|fought|must|need)|winning|solidarity|pride|awesome|great|happy"
            + @"|beautiful|support)"
            + After, Options, RegexLimit.Milliseconds)]
    public static partial Regex Reclaimed();

    [GeneratedRegex(Before + @"(?:smok\w*|cigarette\w*|mouth|lungs?|meatball|food|garden\w*|tool|vegetable|weeds?|dogs?|puppy|puppies|walks?|plant\w*|soil|hedge|water|flood\w*)"
            + After, Options, RegexLimit.Milliseconds)]
    public static partial Regex Homonym();

    [GeneratedRegex(Before + @"(?:no hat\w+|without hat\w+|not worth any less|no less|not (?:all|every|any)|no (?:woman|man|person|muslim|immigrant|gay|trans|black"
            + @"|disabled)\b.{0,30}(?:deserve|should)|never (?:said|want|condone|harm|hurt|let|hate|wish|tell|call)|(?:do|does|did|would|will|could|should|must"
            + @"|can)(?: not|n'?t)|cannot|\bno \w+(?: \w+)? (?:deserve|should|is|must|has)|nobody|no one|not|none of|isn'?t|aren'?t|stop|against|condemn|i'?m not)"
            + After, Options, RegexLimit.Milliseconds)]
    public static partial Regex Negated();

    [GeneratedRegex(Before + @"(?:not (?:realise|realize|see|make it|recogni[sz]e|obvious|clear|understand|agree|think|true)|where is the mistake|why do people|not worthy|no value"
            + @"|no place|no space|never be|not let any\b.{0,20}\blive|lift a finger|not apply|not (?:even )?human|no right|should not (?:exist|be allowed|have"
            + @"|be illegal|apply|vote|live)|not be illegal|would(?: not|n'?t) (?:mind|care|save|help)|not deserve|don'?t deserve|nothing but|nothing (?:in|worse"
            + @"|like)|worth (?:nothing|shit|absolutely)|can'?t stand|cannot stand|not worth|are not (?:people|equal)|aren'?t (?:people|equal|worth|human)"
            + @"|weren'?t such|wasn'?t such|isn'?t it|don'?t belong|not (?:a )?recogni[sz]e|stop laughing)"
            + After, Options, RegexLimit.Milliseconds)]
    public static partial Regex HostileNegation();
}
