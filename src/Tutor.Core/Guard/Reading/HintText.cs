using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Reading;

/// <summary>A hint taken apart: layer L0 of the guard. Any text can be read; a hint cut off in mid-block has an open last part.</summary>
public sealed partial class HintText
{
    private readonly StringBuilder prose = new();
    private readonly List<CodeSpan> spans = [];

    private HintText(string text, IReadOnlyList<HintPart> parts, CodeLanguage language)
    {
        Text = text;
        Language = language;
        Parts = parts;
        foreach (var part in parts)
            if (part.Kind != HintPartKind.Code) ReadSpans(part);
    }

    public string Text { get; }

    /// <summary>What the code in it is read as.</summary>
    public CodeLanguage Language { get; }

    /// <summary>Everything in the hint, in order and without gaps.</summary>
    public IReadOnlyList<HintPart> Parts { get; }

    public IEnumerable<HintPart> CodeBlocks => Parts.Where(p => p.Kind == HintPartKind.Code);

    /// <summary>Code between backticks outside blocks, in order.</summary>
    public IReadOnlyList<CodeSpan> Spans => spans;

    /// <summary>The text outside blocks and spans; a backtick stands where a span was.</summary>
    public string Prose => prose.ToString();

    /// <summary>Pairs of spans that say what to write instead of what.</summary>
    public IReadOnlyList<ChangePair> Changes => [.. ReadChanges()];

    /// <summary>Offset up to which the hint can be judged: the start of an open last part, else its length.</summary>
    public int SettledLength => Parts is [.., { Open: true } open] ? open.Start : Text.Length;

    /// <param name="finished">No more text comes; what is open then counts as closed.</param>
    /// <param name="language">Null is Python.</param>
    public static HintText Read(string text, bool finished = true, CodeLanguage? language = null)
    {
        text = Visible(text);
        return new(text, HintPartReader.Read(text, finished, language ?? CodeLanguage.Python), language ?? CodeLanguage.Python);
    }

    /// <summary>The whole of a hint whose beginning was taken apart before.</summary>
    /// <param name="begun">Its first parts.</param>
    /// <param name="rest">What comes after them, taken apart by itself.</param>
    internal static HintText Join(string text, IEnumerable<HintPart> begun, HintText rest) =>
        new(text, [.. begun, .. rest.PartsAt(text.Length - rest.Text.Length)], rest.Language);

    /// <summary>The parts as they stand in a text that this one begins at an offset of.</summary>
    internal IEnumerable<HintPart> PartsAt(int offset) => Parts.Select(p => p with { Start = p.Start + offset, End = p.End + offset });

    /// <summary>Without control and format characters: between the letters of a name they hide it from every rule and from no reader.</summary>
    public static string Visible(string text) => text.All(IsVisible) ? text : string.Concat(text.Where(IsVisible));

    private static bool IsVisible(char c) => c is '\n' or '\t' || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format);

    private void ReadSpans(HintPart part)
    {
        string text = Text[part.Start..part.End];
        int at = 0;
        foreach (Match match in Span().Matches(text))
        {
            prose.Append(text, at, match.Index - at).Append('`');
            spans.Add(new(part.Start + match.Index, part.Start + match.Index + match.Length, match.Groups["code"].Value.TrimEnd()));
            at = match.Index + match.Length;
        }
        prose.Append(text, at, text.Length - at);
    }

    private IEnumerable<ChangePair> ReadChanges()
    {
        for (int i = 0; i + 1 < spans.Count; i++)
        {
            int gap = spans[i + 1].Start - spans[i].End;
            if (gap is > 0 and <= 60 && ChangeWord().IsMatch(Text.AsSpan(spans[i].End, gap))) yield return new(spans[i].Content.Trim(), spans[i + 1].Content.Trim());
        }
    }

    // A run of backticks closed by an equal run; one never closed reaches to the end of its line.
    [GeneratedRegex(@"(?<!`)(?<marks>`+)(?!`)(?<code>.+?)(?:(?<!`)\k<marks>(?!`)|(?=\n|$))", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Span();

    [GeneratedRegex(@"\b(?:to|with|into|by|as|not|instead|becomes|should|for)\b|→|->|=>", RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex ChangeWord();
}
