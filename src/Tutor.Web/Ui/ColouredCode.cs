using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Tutor.Core.Guard.Python;

namespace Tutor.Web.Ui;

/// <summary>Writes code blocks with Python coloured by class names, as the code editor colours it; other languages stay plain.</summary>
/// <remarks>On the server, with the lexer the leak guard has: no script, no style attribute, and a hint is coloured while it streams.</remarks>
internal sealed class ColouredCode : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        renderer.EnsureLine();
        var language = (block as FencedCodeBlock)?.Info?.ToLowerInvariant() ?? "";
        if (language is not ("python" or "py" or "python3"))
        {
            renderer.Write("<pre><code>").WriteLeafRawLines(block, writeEndOfLines: true, escape: true);
            renderer.WriteLine("</code></pre>");
            return;
        }
        renderer.Write("<pre><code class=\"language-python\">");
        Write(renderer, block.Lines.ToString());
        renderer.WriteLine().WriteLine("</code></pre>");
    }

    private static void Write(HtmlRenderer renderer, string source)
    {
        var written = 0;
        var tokens = PythonLexer.Read(source);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (ClassOf(tokens, i) is not { } name)
                continue;
            renderer.WriteEscape(source, written, tokens[i].Start - written);
            renderer.Write("<span class=\"").Write(name).Write("\">").WriteEscape(tokens[i].Text).Write("</span>");
            written = tokens[i].End;
        }
        renderer.WriteEscape(source, written, source.Length - written);
    }

    private static string? ClassOf(IReadOnlyList<PythonToken> tokens, int i) => tokens[i].Kind switch
    {
        PythonTokenKind.Keyword => tokens[i].Text is "True" or "False" or "None" ? "code-number" : "code-keyword",
        PythonTokenKind.String => "code-string",
        PythonTokenKind.Number => "code-number",
        PythonTokenKind.Comment => "code-comment",
        PythonTokenKind.Name when i + 1 < tokens.Count && tokens[i + 1].Is("(") => "code-function",
        PythonTokenKind.Name when i > 0 && tokens[i - 1].Is("class") => "code-function",
        _ => null,
    };
}
