using System.Runtime.CompilerServices;
using Tutor.Core.Courses;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Evidence.Trust;

/// <summary>Recognises a program that holds the tests' inputs or answers instead of computing them.</summary>
/// <remarks>Values are compared by what they are, not by how they are written, and what the task, the starter or a solution holds does not
/// count. Whoever hides the values well enough gets past this; <see cref="FreshInputs"/> are for them.</remarks>
internal static class AnswerTable
{
    // Two may be chance where an exercise has many tests.
    private const int Enough = 3;
    private const int EnoughOfFew = 2;

    private static readonly ConditionalWeakTable<Exercise, Known> KnownByExercise = [];

    /// <returns>The tests whose input or answer the program holds; empty where they are too few to say anything.</returns>
    public static IReadOnlyList<string> Find(Exercise exercise, string program)
    {
        if (exercise.Language != "python" || exercise.Tests.Cases.Count == 0) return [];

        var known = KnownByExercise.GetValue(exercise, Read);
        var held = ProgramValues.Of(program, known.Functions);
        // By value: three tests with the answer 'yes' are one answer.
        var found = known.Tests.Where(test => test.Keys.Any(held.Contains)).ToList();
        var values = found.SelectMany(test => test.Keys.Where(held.Contains).Take(1)).Distinct().Count();
        return values >= Enough || (values >= EnoughOfFew && 2 * found.Count >= known.Tests.Count) ? [.. found.Select(test => test.Id)] : [];
    }

    private static Known Read(Exercise exercise)
    {
        var functions = exercise.Tests.Cases.SelectMany(test => FunctionsIn(test.Call)).ToHashSet();
        HashSet<string> given = [.. exercise.References.Append(exercise.Starter).Append(exercise.Task).SelectMany(text => ProgramValues.Of(text, new HashSet<string>()))];
        var tests = exercise.Tests.Cases.Select(test => (test.Id, Keys: (IReadOnlyList<string>)[.. KeysOf(test).Where(key => !given.Contains(key)).Distinct()]));
        return new(functions, [.. tests.Where(test => test.Keys.Count > 0)]);
    }

    private static IEnumerable<string> KeysOf(TestCase test)
    {
        var arguments = SourceLiteral.In(test.Call, PythonLexer.Read(test.Call)).Select(literal => literal.Value).ToList();
        if (arguments.Count > 1) arguments.Add(new PyList([.. arguments]));
        if (test.Expected is { } expected)
        {
            var answer = PythonLiteral.Parse(expected);
            arguments.Add(answer);
            // A test that also looks at its input afterwards expects both.
            if (answer is PyTuple both) arguments.AddRange(both.Items.Where(part => part is PyList or PyTuple or PyDict or PySet));
        }

        return arguments.Where(ValueKey.IsTelling).Select(ValueKey.Of);
    }

    private static IEnumerable<string> FunctionsIn(string call)
    {
        var tokens = PythonLexer.Read(call);
        return tokens.Index().Where(t => t.Item.Kind == PythonTokenKind.Name && t.Index + 1 < tokens.Count && tokens[t.Index + 1].Text == "(").Select(t => t.Item.Text);
    }

    /// <param name="Tests">Those with an input or an answer that says something.</param>
    private sealed record Known(IReadOnlySet<string> Functions, IReadOnlyList<(string Id, IReadOnlyList<string> Keys)> Tests);
}
