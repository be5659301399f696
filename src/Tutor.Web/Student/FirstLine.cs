namespace Tutor.Web.Student;

public static class FirstLine
{
    /// <summary>The first line with words in it, without Markdown's marks, cut at a word.</summary>
    public static string Of(string markdown, int length)
    {
        var line = markdown.Split('\n').Select(l => l.Trim(' ', '#', '>', '*', '-', '`', '\r')).FirstOrDefault(l => l.Length > 0) ?? "";
        line = line.Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
        if (line.Length <= length)
            return line;
        var cut = line.LastIndexOf(' ', length);
        return line[..(cut > length / 2 ? cut : length)] + "…";
    }
}
