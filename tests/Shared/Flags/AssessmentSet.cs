using Tutor.Core.Courses;
using Tutor.Core.Flags;

namespace Tutor.Tests.Shared.Flags;

/// <summary>Half of a public set of assessment texts registered as closed assessments, pasted in several ways; the other half and real questions beside it.</summary>
internal sealed class AssessmentSet
{
    private readonly MisuseScreen screen = new(TimeProvider.System);
    private readonly IReadOnlyList<Assessment> registered;

    private AssessmentSet(IReadOnlyList<string> texts)
    {
        // Shorter ones say too little to be told apart from others.
        var long_ = texts.Where(t => Words(t).Length >= 20).Distinct().ToList();
        var half = long_.Where((_, i) => i % 2 == 0).ToList();
        registered = [.. half.Select((t, i) => new Assessment($"a{i}", $"Assessment {i}", t, null, null))];
        Pasted =
        [
            ("pasted whole", half),
            ("pasted with a question before it", [.. half.Select(t => "hi, can you help me with this one please, I do not know where to begin:\n" + t)]),
            ("in capitals, without line breaks", [.. half.Select(t => t.ToUpperInvariant().ReplaceLineEndings(" "))]),
            ("two thirds of it", [.. half.Select(t => string.Join(' ', Words(t)[..(Words(t).Length * 2 / 3)]))]),
        ];
        Others = [("the other half, a third of it variants of registered texts", [.. long_.Where((_, i) => i % 2 == 1)]), ("CS1QA questions", DataSets.Texts("benign_cs1qa_questions"))];
    }

    public IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> Pasted { get; }
    public IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> Others { get; }

    public static AssessmentSet Read() => new([.. DataSets.Rows("misuse_exam_and_assignment_text")
        .Select(r => r.EnumerateObject().Where(p => p.Name is "Prompt" or "prompt" or "text").Select(p => p.Value.GetString()).FirstOrDefault() ?? "")]);

    public bool IsFlagged(string question) =>
        screen.Screen(SampleRequest.Code("x = 1\n", question, registered)).Any(f => f.Category == FlagCategory.AssessmentText);

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
