using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;

namespace Tutor.Tests.Shared.Flags;

/// <summary>A request in a small made-up course.</summary>
internal static class SampleRequest
{
    private static readonly Exercise code = new() { Id = "total", Title = "Total", Kind = ExerciseKind.Code, Language = "python", Task = "Write total(numbers)." };

    private static readonly Exercise essay = new() { Id = "thesis", Title = "Thesis", Kind = ExerciseKind.Writing, Task = "Write a paragraph with a claim." };

    public static HintRequest Code(string work, string question, IReadOnlyList<Assessment>? assessments = null) => Of(code, work, question, assessments);

    public static HintRequest Essay(string work, string question = "") => Of(essay, work, question, null);

    private static HintRequest Of(Exercise exercise, string work, string question, IReadOnlyList<Assessment>? assessments) => new()
    {
        InteractionId = "i", Attempt = 1, Exercise = exercise, Kind = InteractionKind.Hint, Work = work, Question = question, Level = HintLevel.Nudge,
        Course = new CourseVersion
        {
            Id = "v", CourseId = "c", Number = 1, Hash = "h", CreatedAt = 0,
            Pack = new CoursePack { Id = "c", Name = "Programming", Term = "Spring", Prompt = "Be kind.", Exercises = [exercise], Assessments = assessments ?? [] },
        },
    };
}
