using Tutor.Core.Hints;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Data.Limits;
using Tutor.Data.Privacy;

namespace Tutor.Runtime.Interactions;

/// <summary>Gathers everything the pipeline may know about an interaction, once, before it begins.</summary>
internal sealed class RequestLoader(CourseStore courses, InteractionStore interactions, Rosters rosters, CourseLimits limits)
{
    // All that anybody asks on one exercise: the guard counts what every earlier hint gave away. The prompt takes the last few.
    private const int Turns = 500;
    private const string BudgetSpent = "The course has used its budget for the language model today.";

    public async Task<HintRequest> LoadAsync(HintRun run, CancellationToken cancel)
    {
        var row = run.Row;
        var course = await courses.LoadVersionAsync(row.CourseVersionId, cancel);
        return new HintRequest
        {
            InteractionId = row.Id,
            Attempt = run.Attempt,
            Course = course,
            Exercise = course.Pack.FindExercise(row.ExerciseId)
                ?? throw new InvalidOperationException($"Version {course.Number} of {course.CourseId} has no exercise {row.ExerciseId}."),
            Kind = row.Kind,
            Work = row.Work,
            Question = row.Question,
            Level = row.RequestedLevel,
            Thread = await interactions.EarlierTurnsAsync(row, Turns, cancel),
            Passages = await courses.StudentPassagesAsync(course.Id, cancel),
            Roster = await rosters.OfAsync(row.CourseId, cancel),
            AuthorId = row.StudentId,
            Partial = run.Draft?.Text ?? "",
            ModelWithheld = await limits.IsBudgetSpentAsync(row.CourseId, cancel) ? BudgetSpent : null,
        };
    }
}
