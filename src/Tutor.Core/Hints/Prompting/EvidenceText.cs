using Tutor.Core.Evidence;
using Tutor.Core.Interactions;

namespace Tutor.Core.Hints.Prompting;

/// <summary>Puts evidence into lines for a prompt: public tests with their values, hidden ones only by what they are about.</summary>
internal static class EvidenceText
{
    private const int LongestValue = 200;

    /// <returns>What failed, most telling first; a program's own words are without control tokens and hidden characters, and on one line.</returns>
    public static IReadOnlyList<string> Lines(RunEvidence given)
    {
        var evidence = given.ForStudent();
        return evidence.State switch
        {
            EvidenceState.NotApplicable => [],
            EvidenceState.Off or EvidenceState.Unavailable => ["The program was not run, so nothing is known about what it does."],
            EvidenceState.LoadFailed => [$"The program does not load: {Value(evidence.ExceptionType)}{At(evidence.Line)}: {Value(evidence.ExceptionMessage)}{ReadBy(evidence)}", .. Rules(evidence)],
            _ when evidence.AllPassed && !given.PassHolds => [$"All {evidence.Results.Count} tests pass, but the program seems to hold answers instead of computing them. Help the student to write what computes them."],
            _ when evidence.AllPassed => [$"All {evidence.Results.Count} tests pass and no rule is broken. Help the student to see what could be clearer."],
            _ => [$"{evidence.PassedCount} of {evidence.Results.Count} tests pass.", .. Rules(evidence), .. Failures(evidence)],
        };
    }

    private static IEnumerable<string> Rules(RunEvidence evidence) =>
        evidence.RuleBreaks.Select(r => $"A rule of the task is broken{At(r.Line)} by `{Value(r.Name)}`: {r.Message}");

    private static IEnumerable<string> Failures(RunEvidence evidence) =>
        evidence.Results.Where(r => r.Outcome is not (TestOutcome.Passed or TestOutcome.NotRun)).OrderBy(r => !r.Public)
            .Select(r => r.Public ? $"`{Value(r.Call)}` should give `{Value(r.Expected)}` but {Happened(r)}." : $"A hidden test ({(r.Why.Length > 0 ? r.Why : "no description")}) fails: it {Happened(r)}.");

    private static string Happened(TestResult result) => result.Outcome switch
    {
        TestOutcome.WrongValue => result.Public ? $"gives `{Value(result.Actual)}`" : "gives another value",
        TestOutcome.Timeout => $"does not come to an end{(result.Line is { } line ? $" (it was at line {line} when its time was up)" : "")}",
        _ => $"raises {(result.ExceptionType is null ? "an exception of its own" : Value(result.ExceptionType))}{At(result.Line)}{(string.IsNullOrEmpty(result.ExceptionMessage) ? "" : $" (`{Value(result.ExceptionMessage)}`)")}",
    };

    private static string ReadBy(RunEvidence evidence) => evidence is { Python: { } python, ExceptionType: "SyntaxError" } ? $" (read by Python {python})" : "";

    private static string At(int? line) => line is { } number ? $" at line {number}" : "";

    private static string Value(string? text)
    {
        var line = VisibleText.Of(TextLines.OnOneLine(text ?? "")).Text.Replace('`', '\'');
        return ControlTokens.Neutralise(line.Length <= LongestValue ? line : line[..LongestValue] + "...");
    }
}
