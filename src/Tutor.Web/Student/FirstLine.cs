using System.Text.RegularExpressions;
using Tutor.Core;

namespace Tutor.Web.Student;

public static partial class FirstLine
{
    /// <summary>The first paragraph in words, on one line and without Markdown's marks, cut at a word; the first line of code where there are no words.</summary>
    public static string Of(string markdown, int length)
    {
        var prose = Paragraph(Fences().Replace(markdown, "\n\n"));
        var line = prose.Length > 0 ? prose : Paragraph(Fences().Replace(markdown, "$1"));
        line = Emphasis().Replace(line.Replace("`", "", StringComparison.Ordinal), "");
        if (line.Length <= length)
            return line;
        var cut = line.LastIndexOf(' ', length);
        return line[..(cut > length / 2 ? cut : length)] + "…";
    }

    private static string Paragraph(string markdown) => string.Join(' ', TextLines.Of(markdown)
        .Select(l => l.Trim(' ', '#', '>', '*', '-', '`')).SkipWhile(l => l.Length == 0).TakeWhile(l => l.Length > 0));

    // A fenced block, closed or not, and what is in it.
    [GeneratedRegex(@"^[ ]{0,3}```[^\n]*\n(.*?)(^[ ]{0,3}```[^\n]*$|\z)", RegexOptions.Multiline | RegexOptions.Singleline, RegexLimit.Milliseconds)]
    private static partial Regex Fences();

    // Asterisks at one side of a word; those between two words or on their own are a product.
    [GeneratedRegex(@"(?<!\w)\*{1,20}(?=\w)|(?<=[\w.,!?])\*{1,20}(?!\w)", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Emphasis();
}
