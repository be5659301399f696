using System.Collections.Concurrent;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using Tutor.Web.Ui.Formulas;

namespace Tutor.Web.Ui;

/// <summary>Turns Markdown that anyone may have written into HTML that can do no harm.</summary>
/// <remarks>
/// Generic attributes would let text set event handlers, so <c>UseAdvancedExtensions</c> is never used. The parser's own
/// link filter is enough while a hint streams; stored text goes through a strict list of tags as well, which costs
/// twenty times as much and is therefore remembered.
/// </remarks>
public sealed class MarkdownRenderer
{
    /// <summary>Longer text is shown as it is: nested brackets of this length take the parser over a second.</summary>
    public const int LongestText = 16 * 1024;

    /// <summary>Worst known text of this length parses in about 20 ms, so it need not leave the circuit's thread.</summary>
    private const int ShortText = 2 * 1024;
    private const int RememberedTexts = 2000;
    // The worst known text takes over a second on an idle machine, an ordinary page long one some milliseconds.
    private static readonly TimeSpan timeLimit = TimeSpan.FromSeconds(1);

    private static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).UseAutoLinks().Use<FormulaRendering>().Build();

    private readonly ConcurrentDictionary<string, MarkupString> remembered = new();

    /// <summary>Stored text: parsed off the thread when it is long, cleaned by the strict list, remembered.</summary>
    /// <param name="topHeading">Level that the text's own first-level headings get, so that the page keeps its outline.</param>
    public async ValueTask<MarkupString> RenderAsync(string text, int topHeading, CancellationToken cancel)
    {
        // Shown as it is: nothing to parse, nothing to clean, and too much to remember.
        if (text.Length > LongestText)
            return AsPlainText(text);
        var key = $"{topHeading}{text}";
        if (remembered.TryGetValue(key, out var known))
            return known;
        if (text.Length <= ShortText)
            return Remember(key, Sanitized(text, topHeading));
        try
        {
            return await Task.Run(() => Remember(key, Sanitized(text, topHeading)), cancel).WaitAsync(timeLimit, cancel);
        }
        catch (TimeoutException)
        {
            // Only for now: a busy machine is no fault of the text, and the work that goes on remembers its result.
            return AsPlainText(text);
        }
    }

    private MarkupString Remember(string key, MarkupString html)
    {
        if (remembered.Count >= RememberedTexts)
            remembered.Clear();
        return remembered[key] = html;
    }

    /// <summary>A piece of a hint while it streams: links filtered in the parsed tree, nothing remembered.</summary>
    public static MarkupString RenderPiece(string text, int topHeading = 3)
    {
        if (text.Length > LongestText)
            return AsPlainText(text);
        try
        {
            var document = Markdown.Parse(text, pipeline);
            MakeHarmless(document, topHeading);
            using var writer = new StringWriter();
            var renderer = new HtmlRenderer(writer);
            pipeline.Setup(renderer);
            renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new ColouredCode());
            renderer.Render(document);
            return new MarkupString(writer.ToString());
        }
        catch (ArgumentException)
        {
            // The parser's answer to text nested too deeply. Shown raw, it is at least readable.
            return AsPlainText(text);
        }
    }

    private static MarkupString Sanitized(string text, int topHeading) => new(Sanitizer.Clean(RenderPiece(text, topHeading).Value));

    private static MarkupString AsPlainText(string text) =>
        new($"<pre class=\"plain\">{System.Net.WebUtility.HtmlEncode(text)}</pre>");

    private static void MakeHarmless(MarkdownDocument document, int topHeading)
    {
        foreach (var node in document.Descendants().ToList())
        {
            // Each paragraph runs the way its own first letters do.
            if (node is ParagraphBlock or HeadingBlock or ListItemBlock or TableCell)
                node.GetAttributes().AddPropertyIfNotExist("dir", "auto");
            switch (node)
            {
                case HeadingBlock heading:
                    heading.Level = Math.Min(6, heading.Level + topHeading - 1);
                    break;
                case LinkInline { IsImage: true } image:
                    // An image address can carry the page's text to another server; its description stays.
                    image.ReplaceBy(new LiteralInline($"[{PlainText(image)}]"), copyChildren: false);
                    break;
                case LinkInline link:
                    // A title is said by no one and could pretend to be a part of the page.
                    link.Title = "";
                    if (!IsAllowed(link.Url)) link.Url = "";
                    break;
                case AutolinkInline { IsEmail: false } link when !IsAllowed(link.Url):
                    link.ReplaceBy(new LiteralInline(link.Url), copyChildren: false);
                    break;
                case Table table:
                    // Alignment would become style attributes, which the content-security policy blocks and reports.
                    foreach (var column in table.ColumnDefinitions) column.Alignment = null;
                    break;
            }
        }
    }

    private static string PlainText(ContainerInline inline) =>
        string.Concat(inline.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));

    private static bool IsAllowed(string? url) =>
        url is { Length: > 0 } && (url[0] == '#'
            || (Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is "https" or "http" or "mailto"));

    // HtmlSanitizer is not safe for two threads at once while it parses, so each thread has its own.
    private static class Sanitizer
    {
        private static readonly ThreadLocal<HtmlSanitizer> perThread = new(Make);

        public static string Clean(string html) => perThread.Value!.Sanitize(html);

        private static HtmlSanitizer Make()
        {
            var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
            {
                AllowedTags = Set("p", "br", "em", "strong", "del", "code", "pre", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "h5", "h6",
                    "hr", "table", "thead", "tbody", "tr", "th", "td", "a", "span"),
                AllowedAttributes = Set("href", "class", "dir", "start"),
                AllowedSchemes = Set("https", "http", "mailto"),
                UriAttributes = Set("href"),
            });
            return sanitizer;
        }

        private static HashSet<string> Set(params string[] items) => new(items, StringComparer.OrdinalIgnoreCase);
    }
}
