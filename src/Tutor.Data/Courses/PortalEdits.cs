using Tutor.Core.Courses;

namespace Tutor.Data.Courses;

/// <summary>Carries what staff changed in the portal over to newer files of the same course.</summary>
/// <remarks>
/// A three-way merge by part. A part that the files changed is taken from the files; a part that only the portal changed
/// keeps the portal's words. So a new exercise in the files reaches students without undoing last week's prompt, and
/// nothing is lost: every state stays a version of its own.
/// </remarks>
internal static class PortalEdits
{
    /// <param name="files">The pack just read.</param>
    /// <param name="before">The pack as the files were when last imported.</param>
    /// <param name="published">What students work with now.</param>
    public static CoursePack Keep(CoursePack files, CoursePack before, CoursePack published) => files with
    {
        Prompt = Choose(files.Prompt, before.Prompt, published.Prompt),
        Policy = Choose(files.Policy, before.Policy, published.Policy),
        Quota = Choose(files.Quota, before.Quota, published.Quota),
        Model = Choose(files.Model, before.Model, published.Model),
        Exercises = [.. files.Exercises.Select(exercise => exercise with
        {
            Policy = before.FindExercise(exercise.Id) is { } old && published.FindExercise(exercise.Id) is { } now
                ? Choose(exercise.Policy, old.Policy, now.Policy)
                : exercise.Policy,
        })],
    };

    private static T Choose<T>(T files, T before, T published) =>
        EqualityComparer<T>.Default.Equals(files, before) ? published : files;
}
