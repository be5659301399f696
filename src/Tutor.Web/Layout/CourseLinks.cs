using Tutor.Core.People;

namespace Tutor.Web.Layout;

/// <summary>The pages of a course that a role has, in the order of the bar under the title.</summary>
public sealed record CourseLink(string Path, string Title, string Icon);

public static class CourseLinks
{
    private static readonly CourseLink[] student =
    [
        new("", "Exercises", "list-check"),
        new("/requests", "My requests", "clock-history"),
        new("/notes", "Notes on my requests", "flag"),
    ];

    private static readonly CourseLink[] ta =
    [
        new("/escalations", "Questions to TAs", "inbox"),
        new("/interactions", "Interactions", "chat-left-text"),
        new("/flags", "Flags", "flag"),
        new("", "Exercises", "list-check"),
    ];

    private static readonly CourseLink[] instructor =
    [
        new("/overview", "Overview", "bar-chart-line"),
        new("/interactions", "Interactions", "chat-left-text"),
        new("/escalations", "Questions to TAs", "inbox"),
        new("/flags", "Flags", "flag"),
        new("/people", "People", "people"),
        new("/prompt", "Prompt and policy", "sliders"),
        new("/limits", "Limits", "hourglass-split"),
        new("/export", "Export", "download"),
        new("/opened", "Who opened what", "eye"),
        new("", "Exercises", "list-check"),
    ];

    private static readonly CourseLink[] welfare = [new("/welfare", "Students who may need a person", "life-preserver")];

    public static IReadOnlyList<CourseLink> For(string role) => role switch
    {
        Role.Instructor => instructor,
        Role.Ta => ta,
        Role.Welfare => welfare,
        _ => student,
    };
}
