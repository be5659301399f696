using System.Text.RegularExpressions;
using Tutor.Core.Interactions;

namespace Tutor.Core.Flags;

/// <summary>Finds orders to an assistant inside a file that Tutor reads: in comments, strings, notebook cells, quoted text.</summary>
/// <remarks>
/// In a question such words are a wish ("answer in French") and stay unflagged; in a program or an essay nobody but a model is
/// spoken to. Only what orders a <em>reply</em>, or asks to build given code into one, counts: "enter your answer" is what quiz programs say.
/// </remarks>
internal static partial class EmbeddedInstructionRule
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly PhraseRule[] rules =
    [
        new("injection-embedded-reply", 1, FlagCategory.Injection, FlagSeverity.Review, OrderAboutReply(), "Text in the work tells an assistant what its reply has to hold or look like."),
        new("injection-embedded-code", 1, FlagCategory.Injection, FlagSeverity.Review, OrderAboutCode(), "Text in the work tells an assistant to put given code into its reply."),
    ];

    public static FlagFinding? Find(VisibleText work) => rules.Select(r => r.Find(work, "work")).FirstOrDefault(f => f is not null);

    /// <summary>The same in a fence or a block quotation of a question, where students paste files.</summary>
    public static FlagFinding? FindQuoted(VisibleText question)
    {
        foreach (var part in Pasted().EnumerateMatches(question.Text))
        {
            var found = Find(VisibleText.Of(question.Text.Substring(part.Index, part.Length)));
            if (found is null) continue;

            var (start, quote) = question.InOriginal(part.Index + found.Start, found.Quote.Length);
            return found with { Field = "question", Start = start, Quote = quote };
        }

        return null;
    }

    [GeneratedRegex(@"```[^`]{1,20000}(?:```|\z)|(?:(?:^|(?<=\n))[ ]{0,3}>[^\n]*(?:\n|\z)){1,200}|[""“][^""”]{20,2000}[""”]", Options, RegexLimit.Milliseconds)]
    private static partial Regex Pasted();

    private const string Reply = @"(?:your|the (?:final|model'?s|assistant'?s|ai'?s|next|tutor'?s)) (?:\w+ )?(?:response|repl(?:y|ies)|message|feedback|hint|explanation|elucidation|output to the (?:user|student))s?";
    private const string Verb = @"(?:encode|encrypt|translate|render|write|provide|give|express|deliver|format|display|show|end|begin|start|finish|conclude|modify|enhance|augment|enrich|change|adapt|alter|tailor|rephrase|replace|substitute|use|utili[sz]e|add|append|insert|include|integrate|incorporate|embed|weave|mention|promote|hide|limit|keep|make|sprinkle|inject|slip)";

    // "Modify your answer to", "in your response, mention", "reply using Base64".
    [GeneratedRegex(@"\b" + Verb + @"\b(?:[^.?!\n]|\.(?=\w)|[.?!](?=[""”])){0,160}\b(?:" + Reply + @")\b|\bin " + Reply + @"\b[ ,]{1,2}(?:please )?(?:" + Verb + @"|say|suggest|state|tell|recommend|refer|claim)\b"
        + @"|\b(?:modify|enhance|adapt|alter|change|enrich|encode|translate|render|express) your answer\b|\b(?:provide|give|write|deliver|display|return) your answer (?:in|using|as|with) (?-i:[A-Z])\w+"
        + @"|\b(?:include|integrate|insert|add|append|embed|mention|place|use)\b[^.?!\n]{0,120}\b(?:in|into|to) your answer\b(?! (?:list|box|field|variable|sheet|string))|\b(?:use|with|using) emojis?\b[^.?!\n]{0,40}\byour answer\b"
        + @"|\b(?:reply|respond|answer) (?:only |always )?(?:using|in|with|by) (?:base ?\d+|(?-i:[A-Z])[a-z]{3,}|emojis?|morse|rot13|hexadecimal|yes\b)(?! (?:if|when)\b)", Options, RegexLimit.Milliseconds)]
    private static partial Regex OrderAboutReply();

    private const string Given = @"(?:following|below|subsequent|next|attached|enclosed|given) (?:\w+ )?(?:code )?(?:snippet|block|section|excerpt|fragment|segment|lines?)s?\b|(?:code )(?:snippet|block|section|excerpt|fragment|segment)s?\b";
    private const string Target = @"\b(?:your|the) (?:\w+ ){0,2}(?:code(?:base)?|implementation|solution|algorithm|response|reply|elucidation|answer|explanation|architecture|code's \w+)\b|\bcode you (?:develop|write|give|generate)\b";

    [GeneratedRegex(@"\b(?:includ|incorporat|embed|append|insert|add(?:ing|ition)?|utili[sz]|integrat|supplement|assimilat|blend|merg|weav|augment|enrich|enhanc|seamless)\w*\b[^.?!\n]{0,60}\b(?:" + Given + @")[^.?!\n]{0,60}(?:" + Target + @")"
        + @"|(?:" + Target + @")[^.?!\n]{0,80}\b(?:includ|incorporat|embed|append|insert|add(?:ing|ition)?|utili[sz]|integrat|supplement|enhanc|merg)\w*\b[^.?!\n]{0,40}\b(?:" + Given + @")"
        + @"|\b(?:supplement|enrich|enhanc|augment|extend|improv|complet)\w*\b[^.?!\n]{0,20}(?:" + Target + @")[^.?!\n]{0,20}\b(?:" + Given + @")"
        + @"|\b(?:let|make|ensure|validate|consider|utili[sz]e|keep in mind)\b[^.?!\n]{0,40}\b(?:following|below|subsequent)\b[^.?!\n]{0,20}\b(?:snippet|block|section|excerpt|fragment|segment)\b[^.?!\n]{0,60}(?:" + Target + @")", Options, RegexLimit.Milliseconds)]
    private static partial Regex OrderAboutCode();
}
