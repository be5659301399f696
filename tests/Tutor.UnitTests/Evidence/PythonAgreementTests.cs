using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Evidence;

/// <summary>Our literals and equality against CPython itself.</summary>
public sealed class PythonAgreementTests
{
    private const string Python = "/usr/bin/python3.11";

    private const string Judge =
        """
        import json, sys
        inf = float('inf')
        sys.stdout.write(json.dumps([[repr(eval(a)), eval(a) == eval(b)] for a, b in json.load(sys.stdin)]))
        """;

    [Fact]
    public async Task Four_hundred_values_print_and_compare_as_in_cpython()
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not installed");
        // The seed is fixed so that a failure can be repeated.
        var values = PyValues.Any.Array[400].Single(_ => true, "0N0XIzNsQ0O2");
        // Neighbours seldom compare equal, so each value also meets a relative of its own.
        var pairs = values.Select((value, i) => (Left: value, Right: i % 2 == 0 ? values[(i + 1) % values.Length] : Relative(value))).ToList();

        var judged = await AskAsync(pairs.Select(p => new[] { PythonLiteral.Format(p.Left), PythonLiteral.Format(p.Right) }));

        for (var i = 0; i < pairs.Count; i++)
        {
            var (repr, equal) = (judged[i][0].GetString(), judged[i][1].GetBoolean());
            // Python prints the members of a set in the order of its own hashes.
            if (!HasSet(pairs[i].Left)) Assert.Equal(repr, PythonLiteral.Format(pairs[i].Left));
            Assert.True(equal == PyEquality.AreEqual(pairs[i].Left, pairs[i].Right), $"{repr} == {PythonLiteral.Format(pairs[i].Right)} is {equal} in Python");
        }

        Assert.Contains(judged, j => j[1].GetBoolean());
    }

    private static PyValue Relative(PyValue value) => value switch
    {
        PyBool { Value: var b } => new PyInt(b ? 1 : 0),
        PyInt { Value: var n } when n > -1000 && n < 1000 => new PyFloat((double)n),
        PyInt { Value: var n } => new PyFloat((double)n),
        PyList { Items: var items } => new PyList([.. items.Select(Relative)]),
        PyTuple { Items: var items } => new PyTuple([.. items.Select(Relative)]),
        PySet { Items: var items } => new PySet([.. items.Reverse()]),
        PyDict { Items: var items } => new PyDict([.. items.Reverse().Select(e => KeyValuePair.Create(e.Key, Relative(e.Value)))]),
        _ => value,
    };

    private static bool HasSet(PyValue value) => value switch
    {
        PySet => true,
        PyList { Items: var items } => items.Any(HasSet),
        PyTuple { Items: var items } => items.Any(HasSet),
        PyDict { Items: var items } => items.Any(e => HasSet(e.Key) || HasSet(e.Value)),
        _ => false,
    };

    private static async Task<JsonElement[][]> AskAsync(IEnumerable<string[]> pairs)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardInput = true, RedirectStandardOutput = true, ArgumentList = { "-I", "-c", Judge } };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(pairs));
        process.StandardInput.Close();
        var answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<JsonElement[][]>(answer)!;
    }
}
