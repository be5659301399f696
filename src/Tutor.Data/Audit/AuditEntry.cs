using System.Text.Json;

namespace Tutor.Data.Audit;

/// <summary>A row of the log.</summary>
public sealed record AuditEntry
{
    public long Seq { get; init; }
    public long At { get; init; }
    public string ActorId { get; init; } = "";
    public string? CourseId { get; init; }
    public string Action { get; init; } = "";
    public string Object { get; init; } = "";
    public string ObjectId { get; init; } = "";
    public string Detail { get; init; } = "";

    /// <summary>Hash of the row before; empty for the first.</summary>
    public string Previous { get; init; } = "";
    public string Hash { get; init; } = "";

    /// <summary>Name of the actor, where the log is listed for people.</summary>
    public string? ActorName { get; init; }

    /// <summary>Whose request it was about, where the log is listed; null where it was about none, and for flags, some of which hide their student.</summary>
    public string? StudentId { get; init; }

    /// <summary>The exercise of that request.</summary>
    public string? ExerciseId { get; init; }

    /// <summary>SHA-256 of everything above <see cref="Hash"/>, as a JSON array, so that no two rows can read the same.</summary>
    internal string ComputeHash() =>
        Sha256.Of(JsonSerializer.Serialize<object?[]>([Seq, At, ActorId, CourseId, Action, Object, ObjectId, Detail, Previous]));
}

/// <param name="Older">Number to go on from; null on the last page.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Rows, long? Older);

/// <summary>What a check of the whole chain found.</summary>
/// <param name="Rows">How many rows were read.</param>
/// <param name="LastHash">Hash of the last row. Kept somewhere else, it shows later whether rows at the end were taken away.</param>
/// <param name="Problem">The first row that does not fit; null where all do.</param>
public sealed record AuditCheck(long Rows, string LastHash, string? Problem);
