using System.Text.Json;
using Tutor.Core.Courses;
using Tutor.Core.Guard;
using Tutor.Core.Guard.Python;
using Tutor.Core.Hints;

namespace Tutor.Tests.Shared.Guard;

/// <summary>A wrong program, the right one it is nearest to, and a right one unlike it: real student work of the Refactory set (ASE 2019).</summary>
internal sealed record WrongProgram(string Id, Exercise Exercise, string Code, string Fixed, string Other)
{
    public GuardContext Context => GuardContext.For(Exercise, Code, HintLevel.Example);
}

/// <summary>A deterministic sample of wrong programs, the same number from each assignment.</summary>
internal static class RefactorySample
{
    public static IEnumerable<Exercise> Exercises => Rows("code_refactory_assignments.jsonl").Select(ReadExercise);

    public static IReadOnlyList<WrongProgram> Read(int perAssignment, int offset = 0)
    {
        var wrong = Rows("code_refactory_wrong.jsonl").Where(r => r.GetProperty("tests_passed").GetInt32() < r.GetProperty("tests_total").GetInt32())
            .ToLookup(r => Text(r, "assignment"));
        var correct = Rows("code_refactory_correct.jsonl").ToLookup(r => Text(r, "assignment"), r => new Program(Text(r, "code")));
        return [.. Exercises.SelectMany(exercise =>
        {
            JsonElement[] rows = [.. wrong[exercise.Id]];
            Program[] right = [.. correct[exercise.Id].DistinctBy(c => CodeLine.Join(c.Tokens))];
            return Enumerable.Range(0, perAssignment).AsParallel().AsOrdered()
                .Select(i => Pair(exercise, rows[(offset + i * rows.Length / perAssignment) % rows.Length], right, i)).ToList();
        })];
    }

    private static WrongProgram Pair(Exercise exercise, JsonElement row, Program[] right, int index)
    {
        var wrong = new Program(Text(row, "code"));
        var nearest = right.OrderByDescending(wrong.SharedGrams).Take(8).MaxBy(wrong.CommonTokens)!;
        var other = Enumerable.Range(0, 20).Select(i => right[(index * 31 + i * 17) % right.Length]).MinBy(wrong.CommonTokens)!;
        return new(Text(row, "id"), exercise, wrong.Code, nearest.Code, other.Code);
    }

    private static Exercise ReadExercise(JsonElement row) => new()
    {
        Id = Text(row, "assignment"),
        Title = Text(row, "title"),
        Kind = ExerciseKind.Code,
        Language = "python",
        Task = Text(row, "statement"),
        References = [Text(row, "reference_solution")],
        Tests = new()
        {
            Prelude = Text(row, "prelude"),
            Cases = [.. row.GetProperty("tests").EnumerateArray().Select(t => new TestCase { Id = Text(t, "id"), Call = Text(t, "call"), Expected = Text(t, "expected") })],
        },
    };

    private static IEnumerable<JsonElement> Rows(string file) => SharedData.Lines(file).Select(l => JsonDocument.Parse(l).RootElement);

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";

    private sealed class Program
    {
        private readonly HashSet<string> grams;
        private readonly string[] texts;

        public Program(string code)
        {
            Code = code.Replace("\t", "    ").TrimEnd();
            Tokens = [.. PythonLexer.Read(Code).Where(t => t.Kind != PythonTokenKind.Comment)];
            grams = TokenGrams.Of(Tokens);
            texts = [.. Tokens.Select(t => t.Text)];
        }

        public string Code { get; }
        public IReadOnlyList<PythonToken> Tokens { get; }

        public double SharedGrams(Program other) => (double)grams.Count(other.grams.Contains) / Math.Max(1, grams.Count + other.grams.Count);

        /// <summary>Share of both programs' tokens that are in their longest common subsequence.</summary>
        public double CommonTokens(Program other) => 2.0 * LineDiff.Common(texts, other.texts)[0, 0] / Math.Max(1, texts.Length + other.texts.Length);
    }
}
