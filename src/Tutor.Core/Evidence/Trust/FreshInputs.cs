using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tutor.Core.Courses;

namespace Tutor.Core.Evidence.Trust;

/// <summary>Tries a program on inputs that nobody has seen and compares it with the references.</summary>
internal sealed class FreshInputs(ICodeRunner runner)
{
    private const int Count = 24;
    private const int MostReferences = 3;
    private const int MostDifferences = 5;
    private const int LongestShown = 200;

    /// <param name="seed">What the inputs are drawn from; not known to the student when the program is handed in.</param>
    /// <returns><paramref name="trust"/> with what was found; as it was where the references cannot judge.</returns>
    /// <exception cref="SandboxUnavailableException">The sandbox could not be started or its queue is full.</exception>
    public async Task<PassTrust> TryAsync(Exercise exercise, string program, PassTrust trust, string seed, CancellationToken cancel)
    {
        var calls = exercise.References.Count == 0 ? [] : FreshCalls.Draw(exercise.Tests, Count, NumberOf(seed));
        if (calls.Count == 0) return trust;

        // The first reference twice: what it gives must not depend on chance.
        string[] programs = [.. exercise.References.Take(MostReferences), exercise.References[0], program];
        var time = exercise.Tests.TimeoutMilliseconds * Math.Ceiling(2.0 * calls.Count / exercise.Tests.Cases.Count);
        var runs = await runner.RunAsync(new RunRequest(programs, exercise.Tests.Prelude, calls, TimeSpan.FromMilliseconds(time)), cancel);
        return Compare(exercise.Tests, calls, runs, trust);
    }

    private static PassTrust Compare(TestSuite suite, IReadOnlyList<string> calls, IReadOnlyList<ProgramRun> runs, PassTrust trust)
    {
        var tolerance = suite.Cases.Max(test => test.Tolerance);
        var answers = new List<PyValue>();
        var differences = new List<FreshDifference>();
        foreach (var (at, call) in calls.Index())
        {
            var judges = runs.SkipLast(1).Select(run => run.Calls[at].Value).ToList();
            // A value that does not equal itself cannot judge; neither can references that disagree, or raise.
            if (judges[0] is not { } expected || judges.Any(value => value is null || !PyEquality.AreEqual(expected, value, tolerance))) continue;

            answers.Add(expected);
            var given = runs[^1].Calls[at];
            if (given.Value is { } actual && PyEquality.AreEqual(actual, expected, tolerance)) continue;
            differences.Add(new(call, Shown(expected), given.Value is { } other ? Shown(other) : given.ExceptionType ?? ""));
        }

        return trust with
        {
            Judged = answers.Count,
            Agreed = answers.Count - differences.Count,
            ByConstant = answers.GroupBy(ValueKey.Of).Select(group => group.Count()).DefaultIfEmpty(0).Max(),
            Differences = [.. differences.Take(MostDifferences)],
        };
    }

    private static string Shown(PyValue value) => PythonLiteral.Format(value) is { Length: > LongestShown } text ? text[..LongestShown] + "..." : PythonLiteral.Format(value);

    private static int NumberOf(string seed) => BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));
}
