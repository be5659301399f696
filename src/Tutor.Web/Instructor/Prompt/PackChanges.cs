using System.Text.Json;
using Tutor.Core.Courses;

namespace Tutor.Web.Instructor.Prompt;

/// <summary>What differs between two versions of a course apart from the prompt's text, in words.</summary>
public static class PackChanges
{
    public static IReadOnlyList<string> Between(CoursePack before, CoursePack after)
    {
        var changes = new List<string>();
        Add("Highest hint level", StaffWords.Level(before.Policy.HighestLevel), StaffWords.Level(after.Policy.HighestLevel));
        Add("First hint needs an attempt", YesNo(before.Policy.AttemptFirst), YesNo(after.Policy.AttemptFirst));
        Add("When a hint gives the answer away", Spelled(before.Policy.OnLeak), Spelled(after.Policy.OnLeak));
        Add("The solution may be discussed", Spelled(before.Policy.Solution), Spelled(after.Policy.Solution));
        Add("Hints per day", StaffWords.Count(before.Quota.HintsPerDay), StaffWords.Count(after.Quota.HintsPerDay));
        Add("Name", before.Name, after.Name);
        Add("Term", before.Term, after.Term);
        if (before.Description != after.Description) changes.Add("The description is different.");
        if (before.Model != after.Model) changes.Add("The model's settings are different.");
        if (!Same(before.Rubric, after.Rubric)) changes.Add("The rubric is different.");
        if (!Same(before.Materials, after.Materials)) changes.Add("The materials are different.");
        AddExercises();
        return changes;

        void Add(string what, string old, string now)
        {
            if (old != now)
                changes.Add($"{what}: {old} → {now}");
        }

        void AddExercises()
        {
            foreach (var exercise in after.Exercises)
            {
                if (before.FindExercise(exercise.Id) is not { } old)
                {
                    changes.Add($"New exercise: {exercise.Title}");
                    continue;
                }
                Add($"{exercise.Title}, highest hint level", Level(old), Level(exercise));
                if (!Same(old with { Policy = null }, exercise with { Policy = null }))
                    changes.Add($"{exercise.Title}: the task, its tests or its hints are different.");
            }
            changes.AddRange(before.Exercises.Where(e => after.FindExercise(e.Id) is null).Select(e => $"Exercise taken out: {e.Title}"));
            if (!changes.Any(c => c.Contains("xercise", StringComparison.Ordinal)) && !before.Exercises.Select(e => e.Id).SequenceEqual(after.Exercises.Select(e => e.Id)))
                changes.Add("The exercises are in another order.");
        }
    }

    private static string Level(Exercise exercise) => exercise.Policy is { } policy ? StaffWords.Level(policy.HighestLevel) : "as the course";

    private static string Spelled(Enum value) => string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(c)}" : $"{c}"));

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static bool Same<T>(T a, T b) => JsonSerializer.Serialize(a) == JsonSerializer.Serialize(b);
}
