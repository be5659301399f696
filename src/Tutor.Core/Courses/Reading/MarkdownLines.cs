using System.Text.RegularExpressions;

namespace Tutor.Core.Courses.Reading;

/// <summary>The lines under one heading.</summary>
/// <param name="Line">Line of the heading, from 1.</param>
internal sealed record MarkdownSection(string Heading, int Level, int Line, IReadOnlyList<string> Body);

/// <summary>Headings of a Markdown text, not mistaken for the comments of code blocks.</summary>
internal static partial class MarkdownLines
{
    /// <summary>Sections that start with a heading of exactly this level; what stands before the first is left out.</summary>
    public static IEnumerable<MarkdownSection> Sections(string markdown, int level) => Split(markdown, l => l == level).Where(s => s.Level == level);

    /// <summary>Cuts the text at every heading of a wanted level. The first section has level 0 where text stands before the first heading.</summary>
    public static IReadOnlyList<MarkdownSection> Split(string markdown, Func<int, bool> cutAt)
    {
        var sections = new List<MarkdownSection>();
        var (heading, level, start) = ("", 0, 0);
        var body = new List<string>();
        string? fence = null;
        var number = 0;
        foreach (var line in markdown.Split('\n'))
        {
            number++;
            fence = FenceAfter(line, fence);
            if (fence is null && Heading().Match(line) is { Success: true } match && cutAt(match.Groups["marks"].Length))
            {
                Finish();
                (heading, level, start, body) = (match.Groups["text"].Value, match.Groups["marks"].Length, number, []);
            }
            else
            {
                body.Add(line);
            }
        }

        Finish();
        return sections;

        void Finish()
        {
            if (level > 0 || body.Any(l => l.Trim().Length > 0)) sections.Add(new(heading, level, start, body));
        }
    }

    /// <summary>The fence that is open after a line; null when none is.</summary>
    public static string? FenceAfter(string line, string? open)
    {
        var fence = Fence().Match(line).Groups["fence"].Value;
        if (open is null) return fence.Length > 0 ? fence : null;
        return fence.StartsWith(open, StringComparison.Ordinal) && line.Trim() == fence ? null : open;
    }

    [GeneratedRegex(@"^(?<marks>#{1,6})\s+(?<text>.*?)\s*#*\s*$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ {0,3}(?<fence>`{3,}|~{3,})", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Fence();
}
