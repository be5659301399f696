using Tutor.Core.Evidence;
using Tutor.Core.Hints.Writing;

namespace Tutor.Core.Hints.Ladder;

/// <summary>How well a signature fits.</summary>
/// <param name="Members">How many of its members were asked for, and met: the more, the more specific.</param>
/// <param name="Test">The failing test that met it; null where it speaks of no test.</param>
internal sealed record SignatureMatch(int Members, TestResult? Test, RuleBreak? Rule, WritingSignal? Signal);

/// <summary>Compares signatures with what a submission showed.</summary>
internal sealed class SignatureMatcher(RunEvidence evidence, string work, IReadOnlyList<WritingSignal> signals)
{
    /// <summary>Between a float that a signature's author copied from a screen and the one computed.</summary>
    private const double CopyTolerance = 1e-9;

    private readonly Lazy<string> _code = new(() => BlankedCode.Of(work));
    private readonly List<TestResult> _failing = [.. evidence.Results.Where(r => r.Failed).OrderBy(r => !r.Public)];

    /// <summary>The best of a misconception's signatures; null when none fits.</summary>
    public SignatureMatch? Best(Misconception misconception) =>
        misconception.Signatures.Select(Match).OfType<SignatureMatch>().MaxBy(m => m.Members);

    private SignatureMatch? Match(Signature signature)
    {
        TestResult? test = null;
        if (signature is not { Test: null, Actual: null, Exception: null })
        {
            test = _failing.FirstOrDefault(r => Fits(signature, r));
            if (test is null && !FitsLoading(signature)) return null;
        }

        RuleBreak? rule = null;
        if (signature.Rule is { } ruleId && (rule = evidence.RuleBreaks.FirstOrDefault(b => b.RuleId == ruleId)) is null) return null;

        WritingSignal? signal = null;
        if (signature.Signal is { } signalId && (signal = signals.FirstOrDefault(s => s.Id == signalId)) is null) return null;

        if (signature.Code is { } pattern && !PackPattern.IsMatch(pattern, _code.Value)) return null;
        if (signature.CodeWithout is { } absent && PackPattern.IsMatch(absent, _code.Value)) return null;
        return new(MembersOf(signature), test, rule, signal);
    }

    private static int MembersOf(Signature s) =>
        new[] { s.Test, s.Actual, s.Exception, s.Code, s.CodeWithout, s.Rule, s.Signal }.Count(member => member is not null);

    private static bool Fits(Signature signature, TestResult result) =>
        (signature.Test is null || signature.Test == result.TestId)
        && (signature.Actual is null || IsValue(signature.Actual, result.Actual))
        && (signature.Exception is null || IsException(result, signature.Exception));

    private static bool IsException(TestResult result, string wanted) =>
        result.Outcome == TestOutcome.Timeout ? wanted is PyExceptions.Timeout or "TimeoutError" : result.Outcome == TestOutcome.Exception && result.Raised(wanted);

    private bool FitsLoading(Signature signature) =>
        evidence.State == EvidenceState.LoadFailed && signature is { Test: null, Actual: null, Exception: { } wanted }
        && (PyExceptions.IsA(evidence.ExceptionType, wanted) || (evidence.ExceptionType == PyExceptions.Timeout && wanted == "TimeoutError"));

    // True is not meant by 1, although Python calls them equal: the two come from different mistakes.
    private static bool IsValue(string wanted, string actual)
    {
        if (actual.Length == 0) return false;
        return PythonLiteral.TryParse(wanted, out var w, out _) && PythonLiteral.TryParse(actual, out var a, out _)
            ? w is PyBool == a is PyBool && PyEquality.AreEqual(w, a, CopyTolerance)
            : wanted == actual;
    }
}
