namespace Tutor.Core.Courses.Reading;

/// <summary>Reads <c>materials/*.md</c>.</summary>
internal static class MaterialFiles
{
    public static IReadOnlyList<Material> Read(PackFolder folder)
    {
        foreach (var other in folder.FileNames("materials").Where(n => !n.EndsWith(".md", StringComparison.Ordinal)))
        {
            folder.Problems.Add($"materials/{other}", 1, "Materials are Markdown files.", "Rename it to end in .md, or remove it.");
        }

        foreach (var inner in folder.FolderNames("materials"))
        {
            folder.Problems.Add($"materials/{inner}", 1, "Folders inside materials/ are not read.", "Move its files up into materials/.");
        }

        var files = folder.FileNames("materials").Where(n => n.EndsWith(".md", StringComparison.Ordinal));
        return [.. files.Select(name => folder.Read($"materials/{name}")).OfType<PackText>().Select(Read)];
    }

    private static Material Read(PackText file)
    {
        var lines = file.Text.Split('\n').ToList();
        var audience = Audience.Student;
        if (PackComment.Read(file, lines[0], 1) is { } comment)
        {
            if (comment.Audience is { } who) audience = who;
            else file.Problem(1, "A material is for the whole course.", "Remove the comment, or write <!-- audience: staff -->.");
            lines.RemoveAt(0);
        }

        // Anywhere else the comment would have no effect, and its author would not notice.
        var late = lines.FindIndex(l => l.Contains("<!--", StringComparison.Ordinal) && l.Contains("audience", StringComparison.OrdinalIgnoreCase));
        if (late >= 0) file.Problem(late + 1 + (file.Text.Split('\n').Length - lines.Count), "The audience must be said on the first line.", "Move the comment to line 1.");

        var title = MarkdownLines.Sections(file.Text, level: 1).FirstOrDefault()?.Heading ?? "";
        if (title.Length == 0) file.Problem(1, "The material has no title.", "Start it with a line '# Title'.");
        return new(file.Path, title, string.Join('\n', lines).Trim() + "\n", audience);
    }
}
