using System.Text.Json;
using Tutor.Core.Courses;

namespace Tutor.Web.Instructor.Prompt;

/// <summary>What differs between two versions of a course apart from the prompt's text, in words.</summary>
public static class PackChanges
{
    public static IReadOnlyList<string> Between(CoursePack before, CoursePack after)
    {
        var changes = new List<string>();
        AddPolicy("", before.Policy, after.Policy);
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

        void AddPolicy(string of, HintPolicy old, HintPolicy now)
        {
            string Name(string what) => of.Length > 0 ? of + what : char.ToUpperInvariant(what[0]) + what[1..];
            Add(Name("highest hint level"), StaffWords.Level(old.HighestLevel), StaffWords.Level(now.HighestLevel));
            Add(Name("first hint needs an attempt"), YesNo(old.AttemptFirst), YesNo(now.AttemptFirst));
            Add(Name("when a hint gives the answer away"), StaffWords.OnLeak(old.OnLeak), StaffWords.OnLeak(now.OnLeak));
            Add(Name("the solution may be discussed"), StaffWords.Solution(old.Solution), StaffWords.Solution(now.Solution));
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
                if (old.Policy is { } was && exercise.Policy is { } own) AddPolicy($"{exercise.Title}, ", was, own);
                else Add($"{exercise.Title}, policy", Whose(old), Whose(exercise));
                if (!Same(old with { Policy = null }, exercise with { Policy = null }))
                    changes.Add($"{exercise.Title}: the task, its tests or its hints are different.");
            }
            changes.AddRange(before.Exercises.Where(e => after.FindExercise(e.Id) is null).Select(e => $"Exercise taken out: {e.Title}"));
            if (!changes.Any(c => c.Contains("xercise", StringComparison.Ordinal)) && !before.Exercises.Select(e => e.Id).SequenceEqual(after.Exercises.Select(e => e.Id)))
                changes.Add("The exercises are in another order.");
        }
    }

    private static string Whose(Exercise exercise) => exercise.Policy is { } own
        ? $"its own ({StaffWords.Level(own.HighestLevel)}; {StaffWords.OnLeak(own.OnLeak)}; solution: {StaffWords.Solution(own.Solution)})"
        : "as the course";

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static bool Same<T>(T a, T b) => JsonSerializer.Serialize(a) == JsonSerializer.Serialize(b);
}
