using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints.Writing;

namespace Tutor.Core.Hints.Ladder;

/// <summary>What a hint rests on, as it is shown beside it.</summary>
internal static class LadderBasis
{
    public static IReadOnlyList<BasisItem> Of(About about, Misconception? misconception, IReadOnlyList<Criterion> rubric)
    {
        var items = new List<BasisItem>();
        if (about.Shown is { } test) items.Add(Of(test));
        if (about.Rule is { } rule) items.Add(new("rule", rule.RuleId, rule.Message, $"Line {rule.Line} uses {rule.Name}."));
        if (CriterionOf(misconception?.Criterion, rubric) is { } criterion) items.Add(criterion);
        return items;
    }

    public static BasisItem Of(TestResult test) => test.Public
        ? new("test", test.TestId, test.Call, $"Expected {test.Expected}; {Shown(test)}.")
        : new("test", test.TestId, RungFacts.NameOf(test)!, "A hidden test.");

    public static BasisItem Of(WritingSignal signal) => new("signal", signal.Id, signal.Finding, signal.Quote);

    /// <returns>Null where there is none, or it is for staff only.</returns>
    public static BasisItem? CriterionOf(string? id, IReadOnlyList<Criterion> rubric) =>
        rubric.FirstOrDefault(c => c.Id == id && c.Audience == Audience.Student) is { } criterion ? new("criterion", criterion.Id, criterion.Title, criterion.Description) : null;

    private static string Shown(TestResult test) => test.Outcome switch
    {
        TestOutcome.WrongValue => $"got {test.Actual}",
        TestOutcome.Timeout => $"the call did not come to an end{(test.Line is { } line ? $", it was in line {line}" : "")}",
        _ => $"got {test.ExceptionType}{(test.Line is { } line ? $" in line {line}" : "")}",
    };
}
