namespace Tutor.UnitTests.Data.Access;

/// <summary>What a method of a store is asked for.</summary>
internal sealed record AccessTarget
{
    public required string Course { get; init; }
    public required string Exercise { get; init; }

    /// <summary>The author's finished interaction.</summary>
    public required string Interaction { get; init; }

    /// <summary>The author's message of distress.</summary>
    public required string Distress { get; init; }
    public required string Flag { get; init; }
    public required string Escalation { get; init; }
    public required string Notice { get; init; }

    /// <summary>A version that is not the published one.</summary>
    public required string Version { get; init; }
    public required string Published { get; init; }

    /// <summary>The author's pseudonym.</summary>
    public required string Alias { get; init; }

    /// <summary>Nothing of this exists. Who may not see a row must not be able to tell it from these.</summary>
    public static AccessTarget Missing { get; } = new()
    {
        Course = "missing-course", Exercise = "missing-exercise", Interaction = "missing-interaction", Distress = "missing-distress", Flag = "missing-flag",
        Escalation = "missing-escalation", Notice = "missing-notice", Version = "missing-version", Published = "missing-published", Alias = "MISSED",
    };
}
