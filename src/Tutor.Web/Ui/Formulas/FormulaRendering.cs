using Markdig;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Tutor.Web.Ui.Formulas;

/// <summary>Shows mathematics in TeX as it was written, which is how people read it in a terminal or a forum; setting it would take a library of half a megabyte.</summary>
public sealed class FormulaRendering : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        pipeline.BlockParsers.Insert(0, new FormulaBlockParser());
        pipeline.InlineParsers.InsertBefore<EscapeInlineParser>(new FormulaInlineParser());
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        if (renderer is not HtmlRenderer html) return;

        html.ObjectRenderers.Add(new InlineRenderer());
        html.ObjectRenderers.Add(new BlockRenderer());
    }

    private sealed class InlineRenderer : HtmlObjectRenderer<FormulaInline>
    {
        protected override void Write(HtmlRenderer renderer, FormulaInline formula) =>
            renderer.Write("<span class=\"math\">").WriteEscape(formula.Content).Write("</span>");
    }

    private sealed class BlockRenderer : HtmlObjectRenderer<FormulaBlock>
    {
        protected override void Write(HtmlRenderer renderer, FormulaBlock formula) =>
            renderer.EnsureLine().Write("<p><span class=\"math\">").WriteEscape(string.Join('\n', formula.Lines.Lines.Take(formula.Lines.Count).Select(l => l.Slice.ToString()))).WriteLine("</span></p>");
    }
}
