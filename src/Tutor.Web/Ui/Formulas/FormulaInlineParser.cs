using Markdig.Helpers;
using Markdig.Parsers;

namespace Tutor.Web.Ui.Formulas;

/// <summary>Reads a formula within a line: <c>\(…\)</c>, <c>\[…\]</c>, <c>$$…$$</c> and <c>$…$</c>. Its backslashes, stars and underscores are its own.</summary>
/// <remarks>One that is not closed yet, because the text still streams, is one already, where it cannot be a price.</remarks>
public sealed class FormulaInlineParser : InlineParser
{
    public FormulaInlineParser() => OpeningCharacters = ['$', '\\'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.Text.AsSpan(slice.Start, slice.Length);
        var length = text switch
        {
            ['\\', '(', ..] => Closed(text, @"\)", else_: text.Length),
            ['\\', '[', ..] => Closed(text, @"\]", else_: text.Length),
            // An end without a beginning: the beginning came with an earlier piece.
            ['\\', ')' or ']', ..] => 2,
            ['$', '$', ..] => Closed(text, "$$", else_: text.Length),
            ['$', ..] => Dollars(text),
            _ => 0,
        };
        if (length == 0) return false;

        processor.Inline = new FormulaInline(text[..length].ToString());
        slice.Start += length;
        return true;
    }

    private static int Closed(ReadOnlySpan<char> text, string end, int else_)
    {
        var at = text[2..].IndexOf(end);
        return at < 0 ? else_ : at + 2 + end.Length;
    }

    // As pandoc tells formulas from prices: no space inside the signs, no digit after the second.
    private static int Dollars(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || char.IsWhiteSpace(text[1])) return 0;

        for (var at = 2; at < text.Length; at++)
        {
            if (text[at] != '$' || text[at - 1] == '\\' || char.IsWhiteSpace(text[at - 1])) continue;
            return at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) ? 0 : at + 1;
        }

        return text.Contains('\\') ? text.Length : 0;
    }
}
