using System.Text.Json;
using Tutor.Core.Courses;
using Tutor.Core.Guard;
using Tutor.Core.Hints;

namespace Tutor.Tests.Shared.Guard;

/// <summary>What human tutors wrote to real students' programs in the Socratic debugging set (SIGCSE 2023): harmless by design.</summary>
internal static class SocraticTurns
{
    /// <returns>Each tutor's turn with the work it answers; turns after the student mended the program answer the mended one.</returns>
    public static IEnumerable<(GuardContext Context, string Hint)> Read()
    {
        foreach (string line in SharedData.Lines("hints_socratic_debugging.jsonl"))
        {
            var row = JsonDocument.Parse(line).RootElement;
            string work = row.GetProperty("bug_code").GetString()!;
            var tests = new TestSuite
            {
                Cases = [.. row.GetProperty("unit_tests").GetString()!.Split('\n').Where(t => t.StartsWith("assert ", StringComparison.Ordinal))
                    .Select((t, i) => new TestCase { Id = $"{i}", Call = t["assert ".Length..], Expected = "True" })],
            };
            foreach (var turn in row.GetProperty("turns").EnumerateArray())
            {
                string[] code = [.. turn.GetProperty("code").EnumerateArray().Select(c => c.GetString()!)];
                if (code.Length > 0) work = code[^1];
                if (turn.GetProperty("role").GetString() != "assistant") continue;
                var context = new GuardContext
                {
                    Kind = ExerciseKind.Code,
                    StudentText = work,
                    Task = row.GetProperty("problem").GetString()!,
                    RequiredNames = GuardContext.CalledNames(tests),
                    Tests = tests,
                    AllowedLevel = HintLevel.Location,
                };
                yield return (context, turn.GetProperty("text").GetString()!);
                foreach (var other in turn.GetProperty("alts").EnumerateArray()) yield return (context, other.GetString()!);
            }
        }
    }
}
