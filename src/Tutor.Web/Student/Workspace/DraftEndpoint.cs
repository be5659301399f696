using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Tutor.Core.Interactions;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Web.SignIn;

namespace Tutor.Web.Student.Workspace;

/// <summary>Takes what a student had typed when their page went away: the circuit may not hear of it any more.</summary>
/// <remarks>Texts come as JSON strings, because a form's own values lose their line ends. What goes on from an older version than the stored one
/// is set aside among the earlier versions.</remarks>
public static class DraftEndpoint
{
    // Line ends of two characters count once in the editor.
    private const int MostCharacters = 2 * SubmissionLimits.Work;

    // The antiforgery check of form endpoints applies: only the portal's own page can post here.
    public static void MapDrafts(this IEndpointRouteBuilder app) =>
        app.MapPost("/courses/{course}/exercises/{exercise}/draft", SaveAsync).ExcludeFromDescription().WithRequestSize(RequestSizes.Draft);

    private static async Task<IResult> SaveAsync(
        string course, string exercise, [FromQuery] string window, [FromForm] int known, [FromForm] string? body, [FromForm] string? question,
        [FromForm(Name = "follow_up")] string? followUp, ClaimsPrincipal user, CourseStore courses, WorkDraftStore drafts, TimeProvider time, CancellationToken cancel)
    {
        var viewer = user.ToViewer()!;
        if ((await courses.FindPublishedAsync(course, viewer, cancel))?.Pack.FindExercise(exercise) is null)
            return TypedResults.NotFound();
        if (window.Length is 0 or > 64 || Text(body) is not { Length: <= MostCharacters } work || Text(question ?? "\"\"") is not { Length: <= MostCharacters } asked
            || (followUp is not null && Text(followUp) is not { Length: <= MostCharacters }))
            return TypedResults.BadRequest();
        await drafts.SaveAsync(course, exercise, viewer, new(work, asked, Text(followUp)), new(window, known), time.GetUtcNow().ToUnixTimeMilliseconds(), cancel);
        return TypedResults.NoContent();
    }

    // PostgreSQL cannot hold a NUL in text; no program or essay needs one.
    private static string? Text(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<string>(json)?.Replace("\0", "", StringComparison.Ordinal);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
