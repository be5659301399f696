namespace Tutor.Data.Analytics;

/// <summary>What the guard found in the hints of one model.</summary>
public sealed record ModelChecks
{
    public string Model { get; init; } = "";
    public int Hints { get; init; }

    /// <summary>Hints that were written again, cut or replaced.</summary>
    public int HeldBack { get; init; }

    /// <summary>Hints with a library call that does not exist.</summary>
    public int UnknownCalls { get; init; }

    /// <summary>Hints with a library call the course had not reached.</summary>
    public int NotYetTaught { get; init; }
}
