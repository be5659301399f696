using System.Text;
using System.Text.RegularExpressions;
using Tutor.Core.Courses.Reading;

namespace Tutor.Core.Hints.Ladder;

/// <summary>Fills the placeholders of a rung.</summary>
/// <remarks>Values become inline code. A sentence with a placeholder that has no value in this case is left out, so that no
/// student reads "look at line ?"; where a sentence asks for both {actual} and {exception}, the one that happened is enough.</remarks>
internal static partial class RungText
{
    /// <returns>Empty when no sentence could be said.</returns>
    public static string Fill(string rung, RungFacts facts)
    {
        var filled = new StringBuilder();
        var prose = new List<string>();
        string? fence = null;
        foreach (var line in rung.Split('\n'))
        {
            var before = fence;
            fence = MarkdownLines.FenceAfter(line, fence);
            if (before is null && fence is null && line.Trim().Length > 0 && !StartsItem(line))
            {
                prose.Add(line);
                continue;
            }

            Finish();
            if (before is null && fence is null && StartsItem(line)) prose.Add(line);
            else filled.Append(InCode(line, facts)).Append('\n');
        }

        Finish();
        return BlankLines().Replace(filled.ToString(), "\n\n").Trim();

        void Finish()
        {
            var paragraph = string.Join('\n', prose);
            prose.Clear();
            if (paragraph.Length > 0 && Paragraph(paragraph, facts) is { Length: > 0 } said) filled.Append(said).Append('\n');
        }
    }

    private static bool StartsItem(string line) => Item().IsMatch(line);

    private static string Paragraph(string text, RungFacts facts)
    {
        if (!Placeholder().IsMatch(text)) return text;

        // The number of a list's entry is no sentence of its own.
        var marker = Item().Match(text).Value;
        var said = string.Join(' ', SentenceEnd().Split(text[marker.Length..]).Select(sentence => Sentence(sentence, facts)).OfType<string>());
        return said.Trim().Length > 0 ? marker + said : "";
    }

    /// <returns>Null when the sentence cannot be said.</returns>
    private static string? Sentence(string sentence, RungFacts facts)
    {
        var asked = Placeholder().Matches(sentence).Select(m => m.Groups["name"].Value).ToHashSet();
        if (asked.Count == 0) return sentence;
        if (facts is { Line: null, LineInWords: { } words } && asked.Contains("line"))
        {
            return Sentence(LineNumber().Replace(sentence, match => $"{(match.Value[0] == 'L' ? "The" : "the")} {words}"), facts with { LineInWords = null });
        }

        var outcome = facts.Actual ?? facts.Exception;
        var both = asked.Contains("actual") && asked.Contains("exception");
        if (asked.Any(name => ValueOf(name) is null)) return null;

        var filled = Placeholder().Replace(sentence, match =>
        {
            var name = match.Groups["name"].Value;
            var value = ValueOf(name)!;
            if (value.Length == 0) return "";
            if (name is "test" or "line" || (name == "call" && !facts.CallIsCode)) return value;
            return match.Groups["tick"].Success ? CodeSpan.Of(value) : IsInCode(sentence, match.Index) ? CodeSpan.Inside(value) : CodeSpan.Of(value);
        });
        return LooseSpace().Replace(filled, "");

        string? ValueOf(string name) => name switch
        {
            "test" => facts.Test,
            "call" => facts.Call,
            "expected" => facts.Expected,
            "line" => facts.Line,
            // "gave {actual} {exception}" is written for whichever of them there is.
            "actual" => both ? facts.Actual ?? (facts.Exception is null ? null : "") : facts.CallIsCode ? outcome : null,
            _ => both ? facts.Exception ?? (facts.Actual is null ? null : "") : facts.Exception,
        };
    }

    private static string InCode(string line, RungFacts facts) => Placeholder().Replace(line, match => CodeSpan.Inside(match.Groups["name"].Value switch
    {
        "test" => facts.Test,
        "call" when facts.CallIsCode => facts.Call,
        "expected" => facts.Expected,
        "actual" => facts.Actual ?? facts.Exception,
        "exception" => facts.Exception,
        "line" => facts.Line,
        _ => null,
    } ?? "..."));

    private static bool IsInCode(string sentence, int at) => sentence.AsSpan(0, at).Count('`') % 2 == 1;

    [GeneratedRegex(@"(?<tick>`)?\{(?<name>test|call|expected|actual|exception|line)\}(?(tick)`)", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\b[Ll]ine \{line\}", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex LineNumber();

    [GeneratedRegex(@"(?<=[.!?][)""'*]*)\s+(?=[\p{Lu}`""'*{(])", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^\s*(?:[-*+]|\d+[.)])\s|^\s*\||^#{1,6}\s", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Item();

    /// <summary>What a placeholder without a value leaves behind.</summary>
    [GeneratedRegex(@" +(?=[.,;:!?](?:\s|$))|(?<= ) +", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex LooseSpace();

    [GeneratedRegex(@"\n{3,}", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex BlankLines();
}
