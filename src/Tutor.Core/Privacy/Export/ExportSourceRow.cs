namespace Tutor.Core.Privacy.Export;

/// <summary>Who asked what when: all that the plan of an export is made from.</summary>
public sealed record ExportKey
{
    public string InteractionId { get; init; } = "";
    public string StudentId { get; init; } = "";
    public string ExerciseId { get; init; } = "";
    public long AskedAt { get; init; }
}

/// <summary>One request as it is stored, before names are taken out of it.</summary>
public sealed record ExportSourceRow
{
    public string InteractionId { get; init; } = "";
    public string StudentId { get; init; } = "";
    public string Kind { get; init; } = "";
    public int? Level { get; init; }
    public string Writer { get; init; } = "";
    public string State { get; init; } = "";
    public string GuardAction { get; init; } = "";
    public int? Rating { get; init; }
    public string Model { get; init; } = "";
    public int? PromptVersion { get; init; }
    public long CostMicro { get; init; }
    public int? TestsPassed { get; init; }
    public int? Tests { get; init; }
    public string FirstFailingTest { get; init; } = "";
    public string Misconception { get; init; } = "";
    public string Question { get; init; } = "";
    public string Work { get; init; } = "";
    public string Answer { get; init; } = "";
}

/// <summary>One request as it may leave the institution.</summary>
/// <param name="Student">Pseudonym; the same for all requests of one student under one key.</param>
/// <param name="Week">Weeks since the course's first request; null where fewer than five students asked on the exercise that week.</param>
/// <param name="PromptVersion">Number of the course version the hint was written under.</param>
/// <param name="Cost">In the currency of the model hosts' prices.</param>
/// <param name="Misconception">Id of what the course's ladder recognised.</param>
public sealed record ExportRow(
    string Student, string Exercise, int? Week, string Kind, int? Level, string Writer, string State, string GuardAction, int? Rating,
    string Model, int? PromptVersion, decimal Cost, int? TestsPassed, int? Tests, string FirstFailingTest, string Misconception,
    string Question, string Work, string Answer);

/// <summary>How many asked; null where it would tell of fewer than five students.</summary>
public sealed record ExportCount(string Exercise, int Week, int? Students, int? Requests);

/// <summary>A word that is left after all rules, with a capital and in no dictionary of the course: a person has to look at it.</summary>
public sealed record RareWord(string Word, int Times, string Around);
