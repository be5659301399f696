using Tutor.Core.Courses;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Calls;

/// <summary>The names of code that a course has used up to an exercise.</summary>
public static class TaughtNames
{
    /// <remarks>
    /// Counted are the tasks, starters and solutions up to the exercise, and every material for students that no later task is the
    /// first to mention by its title.
    /// </remarks>
    public static IReadOnlySet<string> UpTo(CoursePack pack, Exercise exercise)
    {
        var order = pack.Exercises.ToList();
        int position = order.FindIndex(e => e.Id == exercise.Id);
        if (position < 0) return new HashSet<string>();
        var reached = order.Take(position + 1).ToList();
        var materials = pack.Materials.Where(m => m.Audience == Audience.Student && FirstMention(order, m) <= position).Select(m => m.Markdown);
        return reached.SelectMany(e => e.References.Prepend(e.Starter).Prepend(e.Task)).Concat(materials)
            .SelectMany(PythonLexer.Read).Where(t => t.Kind == PythonTokenKind.Name).Select(t => t.Text).ToHashSet();
    }

    private static int FirstMention(List<Exercise> order, Material material)
    {
        int at = order.FindIndex(e => e.Task.Contains(material.Title, StringComparison.OrdinalIgnoreCase));
        return Math.Max(0, at);
    }
}
