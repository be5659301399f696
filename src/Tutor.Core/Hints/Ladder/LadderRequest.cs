using Tutor.Core.Courses;
using Tutor.Core.Evidence;

namespace Tutor.Core.Hints.Ladder;

/// <summary>What the ladder's hint depends on.</summary>
public sealed record LadderRequest
{
    public required Exercise Exercise { get; init; }
    public required HintPolicy Policy { get; init; }

    /// <summary>The course's criteria; those for staff only are never named to students.</summary>
    public IReadOnlyList<Criterion> Rubric { get; init; } = [];

    /// <summary>As collected, hidden tests included: they help to recognise a misconception, and are not shown.</summary>
    public required RunEvidence Evidence { get; init; }

    /// <summary>The program or text as given, with LF as its only line end: authors' patterns know no other.</summary>
    public required string Work { get; init; }
    public IReadOnlyList<ThreadTurn> Thread { get; init; } = [];

    /// <summary>The level asked for; the policy may allow less.</summary>
    public required HintLevel Level { get; init; }

    public static LadderRequest Of(HintRequest request, RunEvidence evidence) => new()
    {
        Exercise = request.Exercise,
        Policy = request.Course.Pack.PolicyFor(request.Exercise),
        Rubric = request.Course.Pack.Rubric,
        Evidence = evidence,
        Work = TextLines.Plain(request.Work),
        Thread = request.Thread,
        Level = request.Level,
    };
}
