using Markdig.Parsers;
using Markdig.Syntax;

namespace Tutor.Web.Ui.Formulas;

/// <summary>Reads a formula that begins a line (<c>$$</c> or <c>\[</c>) up to its end or the next blank line: no sign in it makes a list or a heading.</summary>
public sealed class FormulaBlockParser : BlockParser
{
    public FormulaBlockParser() => OpeningCharacters = ['$', '\\'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent) return BlockState.None;

        var line = processor.Line.ToString();
        var end = line.StartsWith("$$", StringComparison.Ordinal) ? "$$" : line.StartsWith(@"\[", StringComparison.Ordinal) ? @"\]" : null;
        if (end is null) return BlockState.None;

        var closed = line.IndexOf(end, 2, StringComparison.Ordinal);
        // A sentence that begins with a formula is a sentence.
        if (closed >= 0 && line[(closed + 2)..].Trim() is not ("" or "." or ",")) return BlockState.None;

        processor.NewBlocks.Push(new FormulaBlock(this, end) { Column = processor.Column, Span = new SourceSpan(processor.Start, processor.Line.End) });
        return closed >= 0 ? BlockState.Break : BlockState.Continue;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        if (processor.IsBlankLine) return BlockState.None;
        return processor.Line.ToString().Contains(((FormulaBlock)block).End, StringComparison.Ordinal) ? BlockState.Break : BlockState.Continue;
    }
}
