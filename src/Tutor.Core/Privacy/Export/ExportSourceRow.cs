namespace Tutor.Core.Privacy.Export;

/// <summary>One request as it is stored, before names are taken out of it.</summary>
public sealed record ExportSourceRow
{
    public string InteractionId { get; init; } = "";
    public string StudentId { get; init; } = "";
    public string ExerciseId { get; init; } = "";
    public long AskedAt { get; init; }
    public string Kind { get; init; } = "";
    public int? Level { get; init; }
    public string Writer { get; init; } = "";
    public string State { get; init; } = "";
    public string GuardAction { get; init; } = "";
    public int? Rating { get; init; }
    public string Question { get; init; } = "";
    public string Work { get; init; } = "";
    public string Answer { get; init; } = "";
}

/// <summary>One request as it may leave the institution.</summary>
/// <param name="Student">Pseudonym; the same for all requests of one student in one export, another in the next.</param>
/// <param name="Week">Weeks since the first request of the export; null where fewer than five students asked on the exercise that week.</param>
public sealed record ExportRow(
    string Student, string Exercise, int? Week, string Kind, int? Level, string Writer, string State, string GuardAction, int? Rating,
    string Question, string Work, string Answer);

/// <summary>How many asked; null where it would tell of fewer than five students.</summary>
public sealed record ExportCount(string Exercise, int Week, int? Students, int? Requests);

/// <summary>A word that is left after all rules, with a capital and in no dictionary of the course: a person has to look at it.</summary>
public sealed record RareWord(string Word, int Times, string Around);

/// <summary>Data ready to leave, or the reason why it must not.</summary>
public sealed record CourseExport
{
    public IReadOnlyList<ExportRow> Rows { get; init; } = [];
    public IReadOnlyList<ExportCount> Counts { get; init; } = [];
    public IReadOnlyList<RareWord> RareWords { get; init; } = [];

    /// <summary>How many places were replaced.</summary>
    public int Replaced { get; init; }

    /// <summary>Names of the roster that are still there; nothing may leave while this is not empty.</summary>
    public IReadOnlyList<string> Remaining { get; init; } = [];
    public bool MayLeave => Remaining.Count == 0;
}
