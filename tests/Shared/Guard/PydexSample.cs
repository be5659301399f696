using System.Text.Json;
using Tutor.Core.Courses;

namespace Tutor.Tests.Shared.Guard;

/// <summary>Programs that Python cannot read, with what the same student made of them: real work of the PyDex set (CC BY-SA 4.0).</summary>
/// <remarks>They read lines and print lines. The prelude catches both, and runs the program again for every further test.</remarks>
internal static class PydexSample
{
    // Needs SciPy, which the sandbox has not.
    private const string Unrunnable = "pydex-2921";

    private const string Prelude =
        """
        import sys, io
        _code = None
        class _Input(io.StringIO):
            def readline(self, *limit):
                global _code
                frame = sys._getframe(1)
                while frame is not None and _code is None:
                    if frame.f_code.co_filename == "student.py" and frame.f_code.co_name == "<module>":
                        _code = frame.f_code
                    frame = frame.f_back
                return super().readline(*limit)
        def run(text):
            sys.stdin, sys.stdout = _Input(text), io.StringIO()
            exec(_code, {"__name__": "__main__"})
            return "\n".join(line.rstrip() for line in sys.stdout.getvalue().split("\n")).rstrip()

        """;

    public static IReadOnlyList<WrongProgram> Read(int count)
    {
        var exercises = SharedData.Lines("code_pydex_assignments.jsonl").Select(l => JsonDocument.Parse(l).RootElement).Select(ReadExercise).ToDictionary(e => e.Id);
        var pairs = SharedData.Lines("code_pydex_pairs.jsonl").Select(l => JsonDocument.Parse(l).RootElement)
            .Where(r => r.GetProperty("verified").GetBoolean() && Text(r, "assignment") != Unrunnable).ToList();
        var fixes = pairs.ToLookup(r => Text(r, "assignment"), r => Text(r, "same_student_fixed"));
        return [.. pairs.Take(count).Select((r, i) =>
        {
            string[] others = [.. fixes[Text(r, "assignment")].Where(f => f != Text(r, "same_student_fixed"))];
            return new WrongProgram(Text(r, "id"), exercises[Text(r, "assignment")], Text(r, "code"), Text(r, "same_student_fixed"), others[i % others.Length]);
        })];
    }

    private static Exercise ReadExercise(JsonElement row)
    {
        var tests = row.GetProperty("tests").EnumerateArray().ToList();
        string first = Literal(Text(tests[0], "stdin"));
        return new()
        {
            Id = Text(row, "assignment"),
            Title = Text(row, "assignment"),
            Kind = ExerciseKind.Code,
            Language = "python",
            Task = Text(row, "statement"),
            References = [Text(row, "reference_solution")],
            Tests = new()
            {
                Prelude = $"{Prelude}sys.stdin, sys.stdout = _Input({first}), io.StringIO()\n",
                Cases = [.. tests.Select(t => new TestCase { Id = Text(t, "id"), Call = $"run({Literal(Text(t, "stdin"))})", Expected = Literal(Trimmed(Text(t, "expected_stdout"))) })],
            },
        };
    }

    private static string Trimmed(string output) => string.Join('\n', output.Split('\n').Select(l => l.TrimEnd())).TrimEnd();

    // Any JSON text is a Python literal too.
    private static string Literal(string text) => JsonSerializer.Serialize(text);

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";
}
