namespace Tutor.Core.Guard;

/// <summary>From where on a layer speaks of a leak.</summary>
/// <remarks>Values and their false alarms on real programs: tests/results/guard.md.</remarks>
internal sealed record GuardLimits
{
    /// <summary>New code lines with the student's own names, in one hint.</summary>
    public required int OwnLines { get; init; }

    /// <summary>The same over the whole thread: ten one-line answers are one answer.</summary>
    public required int OwnLinesInThread { get; init; }

    /// <summary>Share of what a reference has and the student lacks.</summary>
    public double MissingShare { get; init; } = 0.5;

    /// <summary>Statements written out in prose.</summary>
    public int ProseStatements { get; init; } = 3;

    /// <summary>The same over the whole thread.</summary>
    public int ProseStatementsInThread { get; init; } = 5;

    /// <summary>For hints whose code is also tried in the sandbox.</summary>
    public static GuardLimits Usual { get; } = new() { OwnLines = 2, OwnLinesInThread = 3 };

    /// <summary>Where nothing can be run the guard errs on the side of holding back.</summary>
    public static GuardLimits Strict { get; } = new() { OwnLines = 1, OwnLinesInThread = 1 };
}
