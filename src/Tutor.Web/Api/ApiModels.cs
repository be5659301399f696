using System.ComponentModel;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;

namespace Tutor.Web.Api;

/// <summary>A request for help, as a program sends it.</summary>
public sealed record HintBody
{
    [Description("Made by the client, at most 100 characters. Sending the same key again gives the same interaction and costs nothing.")]
    public required string ClientKey { get; init; }

    [Description("The program or text as it stands.")]
    public required string Work { get; init; }

    [Description("hint, follow_up (a question about the last hint) or next_level (more help on the same difficulty).")]
    public string Kind { get; init; } = InteractionKind.Hint;

    [Description("Optional; needed for follow_up.")]
    public string Question { get; init; } = "";

    [Description("Name of the file the work comes from, for display only.")]
    public string? FileName { get; init; }
}

public sealed record RatingBody
{
    public required bool Helped { get; init; }
    public string? Reason { get; init; }
}

public sealed record CourseView(string Id, string Name, string Term, string Role);

public sealed record ExerciseView(string Id, string Title, string Kind, string Language, string Summary, DateTimeOffset? Due, string HighestLevel)
{
    public static ExerciseView Of(CoursePack pack, Exercise exercise) => new(
        exercise.Id, exercise.Title, ApiName.Of(exercise.Kind), exercise.Language, exercise.Summary, exercise.Due,
        ApiName.Of(pack.PolicyFor(exercise).HighestLevel));
}

public sealed record ExercisesView(IReadOnlyList<ExerciseView> Exercises, int HintsLeftToday);

/// <summary>An interaction as its student sees it.</summary>
public sealed record InteractionView
{
    public required string Id { get; init; }
    public required string Course { get; init; }
    public required string Exercise { get; init; }
    public required string Kind { get; init; }

    [Description("queued, running, done, refused, failed or cancelled.")]
    public required string State { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    [Description("nudge, concept, location, example or pseudo-code; null until answered.")]
    public string? Level { get; init; }

    [Description("The hint, Markdown; empty until answered.")]
    public string Answer { get; init; } = "";

    [Description("model or ladder (a hint the instructor wrote).")]
    public string? Writer { get; init; }
    public string? WriterReason { get; init; }

    [Description("none, regenerated, redacted or ladder: what was done because a draft of the hint gave too much away.")]
    public string? GuardAction { get; init; }

    [Description("Whether it uses up one of the day's hints: not when it failed, or was stopped before any of its text was shown.")]
    public bool Counted { get; init; } = true;
    public EvidenceView? Evidence { get; init; }
    public IReadOnlyList<BasisItem> Basis { get; init; } = [];
    public string? Error { get; init; }

    public static InteractionView Of(Interaction row) => new()
    {
        Id = row.Id, Course = row.CourseId, Exercise = row.ExerciseId, Kind = row.Kind, State = row.State,
        Counted = row.Counted,
        AskedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.AskedAt),
        FinishedAt = row.FinishedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        Level = row.Level is { } level ? ApiName.Of(level) : null,
        Answer = row.Answer, Writer = row.Writer, WriterReason = row.WriterReason, GuardAction = row.GuardAction,
        Evidence = row.Evidence is { } evidence ? EvidenceView.Of(evidence) : null, Basis = row.Basis, Error = row.Error,
    };
}

/// <summary>What running the tests showed. Hidden tests keep their values to themselves.</summary>
public sealed record EvidenceView(string State, int Passed, int Total, IReadOnlyList<TestView> Tests, IReadOnlyList<RuleBreak> RuleBreaks, string? Notice, string? Python)
{
    public static EvidenceView Of(RunEvidence evidence)
    {
        var shown = evidence.ForStudent();
        return new(ApiName.Of(shown.State), shown.PassedCount, shown.Results.Count, [.. shown.Results.Select(TestView.Of)], shown.RuleBreaks,
            shown.Notice ?? shown.ExceptionMessage, shown.Python);
    }
}

public sealed record TestView(string Id, string Why, bool Public, string Outcome, string Call, string Expected, string Actual, string? Exception, int? Line)
{
    public static TestView Of(TestResult test) => new(
        test.TestId, test.Why, test.Public, ApiName.Of(test.Outcome), test.Call, test.Expected, test.Actual, test.ExceptionType, test.Line);
}
