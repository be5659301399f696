using Microsoft.AspNetCore.Components;

namespace Tutor.Web.Layout;

public static class CourseAddress
{
    /// <summary>The course of the page at hand (<c>/courses/{id}/…</c>); null on pages of no course.</summary>
    public static string? IdIn(NavigationManager navigation)
    {
        var parts = navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0].Split('/');
        return parts is ["courses", { Length: > 0 } id, ..] ? Uri.UnescapeDataString(id) : null;
    }
}
