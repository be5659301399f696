namespace Tutor.Data.Flags;

/// <summary>Possible misuse as recorded, with what a person decided about it.</summary>
public sealed record Flag
{
    public string Id { get; init; } = "";
    public string InteractionId { get; init; } = "";
    public string ExerciseId { get; init; } = "";
    public string Category { get; init; } = "";
    public string RuleId { get; init; } = "";
    public int RuleVersion { get; init; }
    public int Severity { get; init; }
    public string Field { get; init; } = "";
    public int Start { get; init; }
    public string Quote { get; init; } = "";
    public string Explanation { get; init; } = "";

    /// <summary>What had to be reached for the rule to speak.</summary>
    public string Threshold { get; init; } = "";

    /// <summary>SHA-256 of the text the rule read; the quote stands in that text.</summary>
    public string InputSha256 { get; init; } = "";

    /// <summary>The model that was asked for a second opinion; null where none was.</summary>
    public string? Model { get; init; }
    public string? ModelCategory { get; init; }
    public int? ModelConfidence { get; init; }
    public string? ModelQuote { get; init; }

    /// <summary>The student's own words about it.</summary>
    public string? Answer { get; init; }
    public long? AnsweredAt { get; init; }

    /// <summary>open, confirmed or dismissed.</summary>
    public string State { get; init; } = FlagState.Open;
    public string? ReviewedBy { get; init; }
    public string? ReviewedByName { get; init; }
    public long? ReviewedAt { get; init; }
    public string? ReviewReason { get; init; }
    public long CreatedAt { get; init; }

    /// <summary>With each of the student's words as they may be read.</summary>
    internal Flag Shown(Func<string, string> text) => this with
    {
        Quote = text(Quote), Explanation = text(Explanation), Answer = Answer is null ? null : text(Answer), ModelQuote = ModelQuote is null ? null : text(ModelQuote),
    };

    internal const string Columns =
        """
        f.id, f.interaction_id, f.category, f.rule_id, f.rule_version, f.severity, f.field, f.start, f.quote, f.explanation, f.threshold,
        f.input_sha256, f.model, f.model_category, f.model_confidence, f.model_quote, f.answer, f.answered_at, f.state, f.reviewed_by,
        f.reviewed_at, f.review_reason, f.created_at
        """;
}

/// <summary>What a person decided about a flag.</summary>
public static class FlagState
{
    public const string Open = "open";
    public const string Confirmed = "confirmed";
    public const string Dismissed = "dismissed";
}
