using System.Text.RegularExpressions;

namespace Tutor.Core.Courses.Reading;

/// <summary>Reads <c>rubric.md</c>: a criterion per second-level heading, its performance levels as a list, best first.</summary>
internal static partial class RubricFile
{
    private const string HeadingForm = "Write '## criterion-id: Title of the criterion'.";
    private const string LevelForm = "Write '- **Name**: what work of this level is like'.";

    /// <param name="exerciseIds">Exercises of the course, for criteria that are for some of them only.</param>
    public static IReadOnlyList<Criterion> Read(PackText file, IReadOnlyCollection<string> exerciseIds)
    {
        var criteria = new List<Criterion>();
        var seen = new HashSet<string>();
        foreach (var section in MarkdownLines.Sections(file.Text, level: 2))
        {
            var heading = Heading().Match(section.Heading);
            if (!heading.Success)
            {
                file.Problem(section.Line, $"'{section.Heading}' does not start with the criterion's id.", HeadingForm);
                continue;
            }

            var id = heading.Groups["id"].Value;
            PackId.Check(id, seen, "a criterion", (message, fix) => file.Problem(section.Line, message, fix));
            criteria.Add(ReadCriterion(file, section, id, heading.Groups["title"].Value.Trim(), exerciseIds));
        }

        if (criteria.Count == 0) file.Problem(1, "The rubric has no criteria.", HeadingForm);
        return criteria;
    }

    private static Criterion ReadCriterion(PackText file, MarkdownSection section, string id, string title, IReadOnlyCollection<string> exerciseIds)
    {
        var description = new List<string>();
        var levels = new List<PerformanceLevel>();
        var audience = Audience.Student;
        IReadOnlyList<string> exercises = [];
        for (var i = 0; i < section.Body.Count; i++)
        {
            var (text, line) = (section.Body[i], section.Line + 1 + i);
            if (Level().Match(text) is { Success: true } level) levels.Add(new(level.Groups["name"].Value.Trim(), level.Groups["text"].Value.Trim()));
            else if (text.StartsWith("- **", StringComparison.Ordinal)) file.Problem(line, "This performance level cannot be read.", LevelForm);
            else if (PackComment.Read(file, text, line) is { } comment) Apply(comment, line);
            else if (levels.Count == 0) description.Add(text);
            else if (text.StartsWith(' ')) levels[^1] = levels[^1] with { Description = $"{levels[^1].Description} {text.Trim()}".Trim() };
            else if (text.Trim().Length > 0) file.Problem(line, "Text follows the performance levels.", "Move it above them, or indent it by two spaces to continue the level.");
        }

        if (levels.Count < 2) file.Problem(section.Line, $"Criterion '{id}' has {levels.Count} performance levels; it needs at least two.", LevelForm);
        foreach (var empty in levels.Where(l => l.Description.Length == 0)) file.Problem(section.Line, $"Level '{empty.Name}' of '{id}' has no description.", LevelForm);
        var asked = string.Join('\n', description).Trim();
        if (asked.Length == 0) file.Problem(section.Line, $"Criterion '{id}' does not say what it asks for.", "Write a sentence below the heading.");
        return new() { Id = id, Title = title, Description = asked, Levels = levels, Audience = audience, Exercises = exercises };

        void Apply(PackComment comment, int line)
        {
            if (comment.Audience is { } who) audience = who;
            if (comment.Exercises is not { } some) return;
            exercises = some;
            foreach (var unknown in some.Where(e => !exerciseIds.Contains(e))) file.Problem(line, $"The course has no exercise '{unknown}'.", DidYouMean.Advise(unknown, exerciseIds));
        }
    }

    [GeneratedRegex(@"^(?<id>[^\s:]+):\s*(?<title>\S.*)$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^- \*\*(?<name>[^*]+)\*\*:(?<text>.*)$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Level();
}
