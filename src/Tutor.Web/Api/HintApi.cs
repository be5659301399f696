using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.Welfare;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Runtime.Hints;
using Tutor.Web.SignIn;

namespace Tutor.Web.Api;

/// <summary>The machine API: the same path as the pages, for editors, notebooks and scripts.</summary>
public static class HintApi
{
    public static void MapHintApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Hints").RequireAuthorization(ApiSetup.Policy).RequireRateLimiting(ApiSetup.Policy)
            .WithRequestSize(RequestSizes.Api);
        api.MapGet("/courses", CoursesAsync).WithSummary("Your courses.");
        api.MapGet("/courses/{course}/exercises", ExercisesAsync).WithSummary("The exercises of a course and the hints you have left today.");
        api.MapPost("/courses/{course}/exercises/{exercise}/interactions", SubmitAsync)
            .WithSummary("Ask for help.")
            .WithDescription("202 once the request is stored; it will then be answered whatever happens. 200 with an answer and no id where a message that needs a person and no hint could not be stored. 429 when today's hints are used. 503 when it could not be stored.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/interactions/{id}", FindAsync).WithSummary("Read an interaction.").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/interactions/{id}/stream", HintStream.WatchAsync)
            .WithSummary("Follow an interaction as server-sent events, from any point on.")
            .WithDescription(HintStream.Description);
        api.MapPost("/interactions/{id}/cancel", CancelAsync).WithSummary("Stop an interaction; what was shown of its hint stays.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/interactions/{id}/rating", RateAsync).WithSummary("Say whether a hint helped.").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IReadOnlyList<CourseView>> CoursesAsync(ClaimsPrincipal user, PersonStore people, CancellationToken cancel) =>
        [.. (await people.CoursesOfAsync(user.ToViewer()!.PersonId, cancel)).Select(c => new CourseView(c.CourseId, c.CourseName, c.Term, c.Role))];

    private static async Task<Results<Ok<ExercisesView>, ProblemHttpResult>> ExercisesAsync(
        string course, ClaimsPrincipal user, CourseStore courses, InteractionStore interactions, CancellationToken cancel)
    {
        var viewer = user.ToViewer()!;
        if (await courses.FindPublishedAsync(course, viewer, cancel) is not { } version)
            return NotFound();
        var quota = await interactions.QuotaAsync(course, viewer.PersonId, version.Pack.Quota.HintsPerDay, cancel);
        return TypedResults.Ok(new ExercisesView([.. version.Pack.Exercises.Select(e => ExerciseView.Of(version.Pack, e))], quota.Left));
    }

    private static async Task<Results<Accepted<InteractionView>, Ok<InteractionView>, ProblemHttpResult>> SubmitAsync(
        string course, string exercise, JsonBody<HintBody> sent, ClaimsPrincipal user, HintDesk desk, InteractionStore interactions, CourseZones zones,
        HttpContext context, TimeProvider time, CancellationToken cancel)
    {
        if (sent.Value is not { } body) return sent.Problem!;
        var viewer = user.ToViewer()!;
        var result = await desk.SubmitAsync(new SubmitRequest
        {
            ClientKey = body.ClientKey, CourseId = course, ExerciseId = exercise, Kind = body.Kind, Work = body.Work,
            Question = body.Question, FileName = body.FileName,
        }, viewer, cancel);
        switch (result)
        {
            // Nothing is read for it, so that nothing can come between.
            case SubmitResult.Accepted { Support: { } text } accepted:
                return TypedResults.Accepted($"/api/v1/interactions/{accepted.InteractionId}", Support(accepted.InteractionId, DateTimeOffset.FromUnixTimeMilliseconds(accepted.AskedAt), text));
            case SubmitResult.Supported supported:
                return TypedResults.Ok(Support("", time.GetUtcNow(), supported.Text));
            case SubmitResult.Accepted accepted:
                var row = await interactions.FindAsync(accepted.InteractionId, viewer, cancel);
                return TypedResults.Accepted($"/api/v1/interactions/{accepted.InteractionId}", InteractionView.Of(row!));
            case SubmitResult.QuotaSpent spent:
                var spentIn = await zones.OfAsync(course, cancel);
                var reset = spentIn.At(spent.ResetAt);
                context.Response.Headers.RetryAfter = reset.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
                return TypedResults.Problem(
                    $"You have used all {spent.Limit} hints of today in this course. The count starts again at {reset:HH:mm} ({spentIn.Name}).",
                    statusCode: StatusCodes.Status429TooManyRequests, title: "No hints left today");
            case SubmitResult.NotStored:
                context.Response.Headers.RetryAfter = "60";
                return TypedResults.Problem(
                    "Tutor could not store your request because its disk is full. Nothing was counted. Send it again in a minute with the same client key.",
                    statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not stored");
            case SubmitResult.TooFast fast:
                var fastIn = await zones.OfAsync(course, cancel);
                var again = fastIn.At(fast.ResetAt);
                context.Response.Headers.RetryAfter = again.AddSeconds(1).ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
                return TypedResults.Problem(
                    $"Requests come faster than Tutor takes them from one person. Send the next one after {again:HH:mm:ss} ({fastIn.Name}).",
                    statusCode: StatusCodes.Status429TooManyRequests, title: "Too fast");
            case SubmitResult.Invalid invalid:
                return TypedResults.Problem(invalid.Message, statusCode: StatusCodes.Status400BadRequest, title: "The request cannot be answered");
            default:
                return NotFound();
        }

        InteractionView Support(string id, DateTimeOffset at, string text) => new()
        {
            Id = id, Course = course, Exercise = exercise, Kind = InteractionKind.Hint, State = InteractionState.Done, AskedAt = at, FinishedAt = at,
            Level = ApiName.Of(HintLevel.Nudge), Answer = text, Writer = HintWriter.BuiltIn, WriterReason = SupportReply.Reason, Counted = false,
        };
    }

    private static async Task<Results<Ok<InteractionView>, ProblemHttpResult>> FindAsync(
        string id, ClaimsPrincipal user, InteractionStore interactions, CancellationToken cancel) =>
        await interactions.FindAsync(id, user.ToViewer()!, cancel) is { } row ? TypedResults.Ok(InteractionView.Of(row)) : NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(
        string id, ClaimsPrincipal user, HintDesk desk, CancellationToken cancel) =>
        await desk.CancelAsync(id, user.ToViewer()!, cancel)
            ? TypedResults.NoContent()
            : TypedResults.Problem("There is no such interaction of yours that still waits or runs.", statusCode: StatusCodes.Status409Conflict);

    private static async Task<Results<NoContent, ProblemHttpResult>> RateAsync(
        string id, JsonBody<RatingBody> sent, ClaimsPrincipal user, HintDesk desk, CancellationToken cancel)
    {
        if (sent.Value is not { } body) return sent.Problem!;
        return await desk.RateAsync(id, user.ToViewer()!, body.Helped, body.Reason, cancel) switch
        {
            { Taken: true } => TypedResults.NoContent(),
            { Objection: { } objection } => TypedResults.Problem(objection, statusCode: StatusCodes.Status400BadRequest, title: "The rating cannot be taken"),
            _ => NotFound(),
        };
    }

    // A stranger's row and a row that is not there look the same.
    private static ProblemHttpResult NotFound() => TypedResults.Problem(
        "There is no such course, exercise or interaction of yours.", statusCode: StatusCodes.Status404NotFound, title: "Not found");
}
