namespace Tutor.Core.Courses.Reading;

/// <summary>Splits <c>exercise.md</c> into its YAML head and the task below it.</summary>
internal static class FrontMatter
{
    /// <returns>Null, with a problem noted, when the head is missing or not closed.</returns>
    public static (YamlMap Head, string Body)? Read(PackText file)
    {
        var lines = file.Text.Split('\n');
        if (lines[0].TrimEnd() != "---")
        {
            file.Problem(1, "The file does not start with its front matter.", "Put a line '---' first, then title, kind and the rest, then another '---'.");
            return null;
        }

        var end = Array.FindIndex(lines, 1, l => l.TrimEnd() == "---");
        if (end < 0)
        {
            file.Problem(1, "The front matter is not closed.", "Add a line '---' after its last key.");
            return null;
        }

        var head = file with { Text = string.Join('\n', lines[1..end]) + "\n", FirstLine = 2 };
        return YamlFile.Read(head, "the front matter") is { } map ? (map, string.Join('\n', lines[(end + 1)..]).Trim() + "\n") : null;
    }
}
