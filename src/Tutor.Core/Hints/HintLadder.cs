namespace Tutor.Core.Hints;

/// <summary>The instructor's own hints for one exercise, by misconception and level (<c>hints.yaml</c>).</summary>
public sealed record HintLadder
{
    /// <summary>Most specific first: the first whose signature matches the evidence wins among equals.</summary>
    public IReadOnlyList<Misconception> Misconceptions { get; init; } = [];

    /// <summary>Hints for work that matches no misconception. May use the placeholders {test}, {call}, {expected}, {actual}, {exception}, {line}.</summary>
    public IReadOnlyDictionary<HintLevel, string> Otherwise { get; init; } = new Dictionary<HintLevel, string>();

    /// <summary>Hints for work that passes every test and breaks no rule.</summary>
    public IReadOnlyDictionary<HintLevel, string> Solved { get; init; } = new Dictionary<HintLevel, string>();
}

/// <summary>A way students get this exercise wrong, how the evidence shows it, and a hint per level.</summary>
public sealed record Misconception
{
    public required string Id { get; init; }

    /// <summary>What the student believes, for staff ("thinks range(n) includes n").</summary>
    public required string Title { get; init; }

    /// <summary>The rubric criterion this belongs to; for writing the ladder is found by it.</summary>
    public string? Criterion { get; init; }

    /// <summary>Any one of these that matches is enough.</summary>
    public IReadOnlyList<Signature> Signatures { get; init; } = [];

    /// <summary>Markdown by level. May use the placeholders of <see cref="HintLadder.Otherwise"/>.</summary>
    public required IReadOnlyDictionary<HintLevel, string> Hints { get; init; }
}

/// <summary>What must hold together for a misconception to be recognised. Every set member must match.</summary>
public sealed record Signature
{
    /// <summary>A test that fails.</summary>
    public string? Test { get; init; }

    /// <summary>What that test (or any failing one) gave, as a Python literal.</summary>
    public string? Actual { get; init; }

    /// <summary>Exception type raised by that test, by any test, or while loading.</summary>
    public string? Exception { get; init; }

    /// <summary>Regular expression over the student's code without comments and string contents.</summary>
    public string? Code { get; init; }

    /// <summary>Regular expression that must not match the student's code.</summary>
    public string? CodeWithout { get; init; }

    /// <summary>A rule that is broken.</summary>
    public string? Rule { get; init; }

    /// <summary>A writing signal, for example "missing-citation"; see <c>WritingSignals</c>.</summary>
    public string? Signal { get; init; }
}
