using Tutor.Core.Hints;
using Tutor.Data;

namespace Tutor.Tests.Shared;

internal sealed record SeedRow
{
    public required string Id { get; init; }
    public required string SubmissionId { get; init; }
    public required string CourseId { get; init; }
    public required string VersionId { get; init; }
    public required string ExerciseId { get; init; }
    public required string StudentId { get; init; }
    public required string Question { get; init; }
    public required string Work { get; init; }
    public required string Answer { get; init; }
    public required string State { get; init; }
    public required long AskedAt { get; init; }
    public required int Level { get; init; }
    public required string Writer { get; init; }
    public string? FirstFailingTest { get; init; }
    public required string Evidence { get; init; }
    public required string Basis { get; init; }
    public required string GuardAction { get; init; }
    public int InputTokens { get; init; }
    public int OutputTokens { get; init; }
    public long CostMicro { get; init; }
    public int? Rating { get; init; }
    public bool Flagged { get; init; }
    public bool Escalated { get; init; }

    public string FlagCategory => Level == 1 ? "injection" : "solution-seeking";

    public string Prompt => LedgerJson.Write<IReadOnlyList<PromptMessage>>(
    [
        new("system", "You help students of an introductory course. Give a hint, never the answer."),
        new("user", $"Level {Level}\n<work>\n{Work}\n</work>\n<question>{Question}</question>"),
    ]);
}
