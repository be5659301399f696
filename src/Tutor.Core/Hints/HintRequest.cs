using Tutor.Core.Courses;
using Tutor.Core.Privacy;
using Tutor.Core.Retrieval;

namespace Tutor.Core.Hints;

/// <summary>Everything the pipeline may know about one interaction, loaded once by its runner.</summary>
public sealed record HintRequest
{
    public required string InteractionId { get; init; }
    public required int Attempt { get; init; }
    public required CourseVersion Course { get; init; }
    public required Exercise Exercise { get; init; }

    /// <summary>One of <see cref="Interactions.InteractionKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The work as submitted (the original is kept in the ledger).</summary>
    public required string Work { get; init; }

    /// <summary>The student's question; empty when none was asked.</summary>
    public string Question { get; init; } = "";
    public required HintLevel Level { get; init; }

    /// <summary>Earlier finished interactions of this student on this exercise, oldest first.</summary>
    public IReadOnlyList<ThreadTurn> Thread { get; init; } = [];

    /// <summary>Passages students may see, filtered in SQL.</summary>
    public IReadOnlyList<Passage> Passages { get; init; } = [];

    /// <summary>Names of the course, to be hidden from models.</summary>
    public Roster Roster { get; init; } = Roster.Empty;

    /// <summary>Who asks; only to find their own name in what they wrote.</summary>
    public string? AuthorId { get; init; }

    /// <summary>Text released by an earlier attempt that died, to be continued; empty on a first attempt.</summary>
    public string Partial { get; init; } = "";

    /// <summary>Why no model shall write this hint, as a sentence for the student; null where one may.</summary>
    public string? ModelWithheld { get; init; }
}

/// <summary>One earlier request and its answer on the same exercise.</summary>
public sealed record ThreadTurn
{
    public required string InteractionId { get; init; }
    public required string Kind { get; init; }
    public required HintLevel Level { get; init; }
    public required string Work { get; init; }
    public string Question { get; init; } = "";
    public string Answer { get; init; } = "";

    /// <summary>Misconception the ladder chose, when it wrote the answer.</summary>
    public string? MisconceptionId { get; init; }
    public required long AskedAt { get; init; }
}
