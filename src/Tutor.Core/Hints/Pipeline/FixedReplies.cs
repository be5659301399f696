using Tutor.Core.Courses;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>Answers that neither a model nor the ladder writes.</summary>
internal static class FixedReplies
{
    /// <summary>Whether nothing was done to what the editor started with; white space and comments count for nothing in a program.</summary>
    public static bool IsUntouched(string work, string starter) =>
        string.IsNullOrWhiteSpace(work) || (starter.Length > 0 && Tokens(work).SequenceEqual(Tokens(starter)));

    public static string TryFirst(Exercise exercise) => exercise.Kind == ExerciseKind.Writing
        ? """
          There is nothing of yours here yet, so this is a way to begin. Read the task once more. Then write one sentence, however rough, that says what you want your reader to believe, and one that says why. Ask again when they stand there: a hint on your own words helps more.
          """
        : $"""
          Your program is still as it was given to you, so this is a way to begin. {FirstExample(exercise)} Write down in words the steps you took. Then turn the first step into code, even if it does not work yet, and ask again: a hint on your own lines helps more.
          """;

    private static string FirstExample(Exercise exercise) => exercise.Tests.Cases.FirstOrDefault(c => c is { Public: true, Expected: not null }) is { } example
        ? $"Take `{example.Call}`, which should give `{example.Expected}`, and work it out by hand on paper."
        : "Read the task once more and work out one example by hand on paper.";

    private static IEnumerable<string> Tokens(string source) => PythonLexer.Read(TextLines.Plain(source)).Where(t => t.Kind != PythonTokenKind.Comment).Select(t => t.Text);
}
