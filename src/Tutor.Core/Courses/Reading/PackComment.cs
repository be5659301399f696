using System.Text.RegularExpressions;

namespace Tutor.Core.Courses.Reading;

/// <summary>What an HTML comment in a rubric or a material says to Tutor.</summary>
/// <param name="Audience">Null when the comment is about something else.</param>
internal sealed partial record PackComment(Audience? Audience = null, IReadOnlyList<string>? Exercises = null)
{
    private static readonly string[] Known = ["audience", "exercises"];

    /// <returns>Null when the line is no comment. A comment that cannot be read is a problem, because a misspelt one would show staff's words to students.</returns>
    public static PackComment? Read(PackText file, string text, int line)
    {
        if (!text.TrimStart().StartsWith("<!--", StringComparison.Ordinal)) return null;

        var match = Pattern().Match(text);
        var (key, value) = (match.Groups["key"].Value, match.Groups["value"].Value.Trim());
        switch (key, value)
        {
            case ("audience", "staff"): return new(Courses.Audience.Staff);
            case ("audience", "student"): return new(Courses.Audience.Student);
            case ("audience", _):
                file.Problem(line, $"'{value}' is no audience.", DidYouMean.Advise(value, ["student", "staff"]));
                break;
            case ("exercises", { Length: > 0 }):
                return new(Exercises: value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            default:
                file.Problem(line, "This comment says nothing Tutor understands.", key.Length > 0 ? DidYouMean.Advise(key, Known) : "Write <!-- audience: staff --> on a line of its own, or remove it.");
                break;
        }

        // Until it is mended, nobody but staff could be meant.
        return new(Courses.Audience.Staff);
    }

    [GeneratedRegex(@"^\s*<!--\s*(?<key>[\w-]+)\s*:(?<value>[^>]*?)-->\s*$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Pattern();
}
