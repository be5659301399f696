using Tutor.Core.Times;

namespace Tutor.Core.Courses.Reading;

/// <summary>Reads <c>assessments/*.md</c>: a head with title, opens and closes, and the text below it.</summary>
internal static class AssessmentFiles
{
    public static IReadOnlyList<Assessment> Read(PackFolder folder, CourseTime? time)
    {
        foreach (var other in folder.FileNames("assessments").Where(n => !IsText(n)))
        {
            folder.Problems.Add($"assessments/{other}", 1, "Assessments are Markdown files.", "Rename it to end in .md, or remove it.");
        }

        return [.. folder.FileNames("assessments").Where(IsText).Select(name => folder.Read($"assessments/{name}")).OfType<PackText>().Select(file => Read(file, time)).OfType<Assessment>()];
    }

    private static bool IsText(string name) => name.EndsWith(".md", StringComparison.Ordinal);

    private static Assessment? Read(PackText file, CourseTime? time)
    {
        if (FrontMatter.Read(file) is not var (head, body)) return null;

        head.Allow("title", "opens", "closes");
        var (opens, closes) = (head.Moment("opens", time), head.Moment("closes", time));
        if (closes < opens) head.Problem(head.LineOf("closes"), "The assessment closes before it opens.", "Exchange the two moments.");
        return new Assessment(Path.GetFileNameWithoutExtension(file.Path), head.Text("title"), body, opens, closes);
    }
}
