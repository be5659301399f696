using System.Text.RegularExpressions;

namespace Tutor.Web.Student;

public static partial class FirstLine
{
    /// <summary>The first line with words in it, without Markdown's marks, cut at a word.</summary>
    public static string Of(string markdown, int length)
    {
        var line = markdown.Split('\n').Select(l => l.Trim(' ', '#', '>', '*', '-', '`', '\r')).FirstOrDefault(l => l.Length > 0) ?? "";
        line = Emphasis().Replace(line.Replace("`", "", StringComparison.Ordinal), "");
        if (line.Length <= length)
            return line;
        var cut = line.LastIndexOf(' ', length);
        return line[..(cut > length / 2 ? cut : length)] + "…";
    }
    // Asterisks at one side of a word; those between two words or on their own are a product.
    [GeneratedRegex(@"(?<!\w)\*+(?=\w)|(?<=[\w.,!?])\*+(?!\w)")]
    private static partial Regex Emphasis();
}
