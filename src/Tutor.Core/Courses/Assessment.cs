namespace Tutor.Core.Courses;

/// <summary>The text of a closed assessment that the instructor registered (<c>assessments/*.md</c>), to recognise it where it is pasted.</summary>
/// <remarks>For comparison only: never in a prompt, never shown to students.</remarks>
/// <param name="Id">File name without its ending.</param>
/// <param name="Opens">From when on it counts; null for always.</param>
/// <param name="Closes">Until when; null for ever.</param>
public sealed record Assessment(string Id, string Title, string Text, DateTimeOffset? Opens, DateTimeOffset? Closes)
{
    public bool IsOpenAt(DateTimeOffset moment) => (Opens is null || moment >= Opens) && (Closes is null || moment <= Closes);
}
