using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Tutor.Core.Interactions;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Web.SignIn;

namespace Tutor.Web.Student.Workspace;

/// <summary>Takes what a student had typed when their page went away: the circuit may not hear of it any more.</summary>
public static class DraftEndpoint
{
    // The antiforgery check of form endpoints applies: only the portal's own page can post here.
    public static void MapDrafts(this IEndpointRouteBuilder app) =>
        app.MapPost("/courses/{course}/exercises/{exercise}/draft", SaveAsync).ExcludeFromDescription().WithRequestSize(RequestSizes.Draft);

    private static async Task<IResult> SaveAsync(
        string course, string exercise, [FromForm] string? body, [FromForm] string? question, ClaimsPrincipal user, CourseStore courses,
        WorkDraftStore drafts, TimeProvider time, CancellationToken cancel)
    {
        var viewer = user.ToViewer()!;
        if ((await courses.FindPublishedAsync(course, viewer, cancel))?.Pack.FindExercise(exercise) is null)
            return TypedResults.NotFound();
        if (body is null || body.Length > SubmissionCleaner.MaxWorkBytes || question?.Length > SubmissionCleaner.MaxWorkBytes)
            return TypedResults.BadRequest();
        // Form posts carry line ends as CR LF; editors have LF.
        await drafts.SaveAsync(course, exercise, viewer, Plain(body), Plain(question ?? ""), time.GetUtcNow().ToUnixTimeMilliseconds(), cancel);
        return TypedResults.NoContent();
    }

    private static string Plain(string text) => text.ReplaceLineEndings("\n");
}
