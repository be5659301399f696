using Markdig.Syntax.Inlines;

namespace Tutor.Web.Ui.Formulas;

/// <summary>A formula within a line, as it was written.</summary>
public sealed class FormulaInline(string content) : LeafInline
{
    public string Content { get; } = content;
}
