using System.Text.RegularExpressions;

namespace Tutor.Core.Hints.Writing;

/// <summary>The words that the writing signals look for. Each list is short on purpose: a signal asks a question, it gives no mark.</summary>
internal static partial class WritingPatterns
{
    private const RegexOptions Loose = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>(Lee, 2019), Lee (2019), (Lee, n.d.), [3], [1, 4], [^2] or an address.</summary>
    [GeneratedRegex(@"\([^()]{0,120}\b(?:1[5-9]|20)\d\d[a-z]?\b[^()]{0,60}\)|\([^()]{1,80}\bn\.d\.[^()]{0,40}\)|\[\^?\d+(?:\s*[,–-]\s*\d+)*\]|https?://\S+", Loose, RegexLimit.Milliseconds)]
    public static partial Regex Citation();

    /// <summary>Speaks of research in general, of experts, or in figures.</summary>
    [GeneratedRegex(
        @"\b(?:stud(?:y|ies)|research(?:ers)?|scientists|experts|surveys?|statistics|data|reports?|evidence|polls?)\s+(?:\w+\s+){0,2}?(?:shows?|showed|shown|suggests?|suggested|proves?|proved|proven|says?|said|finds?|found|indicates?|indicated|agree[sd]?|confirms?|confirmed|demonstrates?|reveals?|revealed)\b|\baccording to\b|\bit (?:is|has been) (?:well )?(?:known|proven|shown|estimated|reported)\b|\b\d+(?:[.,]\d+)?\s*(?:%|percent\b|per cent\b)|\b\d+(?:[.,]\d+)?\s+(?:million|billion)\b|\b(?:half|a third|two thirds|three quarters|a quarter|most|the majority) of (?:all )?(?:people|students|adults|children|teenagers|americans|europeans|workers|users|participants)\b",
        Loose, RegexLimit.Milliseconds)]
    public static partial Regex ResearchClaim();

    /// <summary>Takes a position or gives a reason.</summary>
    [GeneratedRegex(
        @"\b(?:because|although|though|even if|should(?:n't)?|must|ought|argues?|arguing|contends?|claims?|maintains?|therefore|thus|hence|consequently|so that|rather than|instead of|needs? to|in order to|(?:better|worse|safer|fairer|more|less)\b[^.?!]{1,60}\bthan|wrong|harmful|justified|unjustified|essential|necessary|unnecessary)\b",
        Loose, RegexLimit.Milliseconds)]
    public static partial Regex Stance();

    [GeneratedRegex(
        @"\b(?:although|though|however|while|whereas|despite|in spite of|nevertheless|nonetheless|on the other hand|admittedly|granted|critics?|opponents?|sceptics?|skeptics?|some (?:people |would |may |might )?(?:argue|claim|say|object)|one (?:might|may|could) (?:argue|object|say)|it is true that|even so|by contrast|in contrast|conversely|objections?)\b",
        Loose, RegexLimit.Milliseconds)]
    public static partial Regex Counterpoint();

    /// <summary>The month of May is spared by its capital.</summary>
    [GeneratedRegex(@"\b(?:[Mm]ight|may|[Cc]ould|[Pp]erhaps|[Mm]aybe|[Pp]ossibly|[Pp]robably|[Ss]eems?|[Ss]eemed|[Aa]ppears? to|[Ss]omewhat|sort of|kind of|to (?:some|a certain) extent|[Ii]n some ways?|[Ll]ikely|[Aa]rguably|[Tt]ends? to|[Rr]elatively|[Rr]ather(?! than)|[Ii]n a way)\b", RegexOptions.None, RegexLimit.Milliseconds)]
    public static partial Regex Hedge();

    [GeneratedRegex(@"\bI\s+(?:\w+\s+)?(?:think|feel|believe|guess|suppose)\b|\bin my (?:own )?(?:opinion|view)\b|\bpersonally\b", Loose, RegexLimit.Milliseconds)]
    public static partial Regex Opinion();

    [GeneratedRegex(
        @"\b(?:argue[sd]?|arguing|claim(?:s|ed)?|find|finds|found|show(?:s|ed|n)?|suggest(?:s|ed)?|report(?:s|ed)?|note[sd]?|observe[sd]?|conclude[sd]?|demonstrate[sd]?|state[sd]?|write[s]?|wrote|according to|contend(?:s|ed)?|point(?:s|ed)? out|describe[sd]?|explain(?:s|ed)?|maintain(?:s|ed)?|propose[sd]?|assert(?:s|ed)?|examine[sd]?|compare[sd]?|measure[sd]?|estimate[sd]?|reveal(?:s|ed)?|indicate[sd]?|emphasi[sz]e[sd]?|warn(?:s|ed)?|question(?:s|ed)?|reject(?:s|ed)?|criticize[sd]?)\b",
        Loose, RegexLimit.Milliseconds)]
    public static partial Regex ReportingVerb();

    /// <summary>Lee (2019) ..., Lee and Park (2019) ..., Lee et al. (2019) ..., According to Lee (2019), ...</summary>
    [GeneratedRegex(@"^(?:(?:According to|In|For)\s+)?\p{Lu}[\p{L}'’-]+(?:(?:,|\s+and|\s+&|,\s+and)\s+\p{Lu}[\p{L}'’-]+){0,3}(?:\s+et al\.?)?(?:'s|’s)?,?\s*\(?(?:1[5-9]|20)\d\d", RegexOptions.None, RegexLimit.Milliseconds)]
    public static partial Regex AuthorOpening();

    [GeneratedRegex(@"^(?:for (?:example|instance)|e\.g\.|such as|take the (?:case|example))\b", Loose, RegexLimit.Milliseconds)]
    public static partial Regex ExampleOpening();
}
