using Markdig.Parsers;
using Markdig.Syntax;

namespace Tutor.Web.Ui.Formulas;

/// <summary>A formula on lines of its own, as it was written.</summary>
public sealed class FormulaBlock(BlockParser parser, string end) : LeafBlock(parser)
{
    public string End { get; } = end;
}
