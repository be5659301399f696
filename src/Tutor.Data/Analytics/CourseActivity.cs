namespace Tutor.Data.Analytics;

/// <summary>What waits for the staff of a course. Every figure counts what its link on the course home lists.</summary>
public sealed record CourseAttention
{
    /// <summary>Flags nobody has decided about.</summary>
    public int OpenFlags { get; init; }

    public int EscalationsWaiting { get; init; }
    public int EscalationsOverdue { get; init; }

    /// <summary>Hints rated as no help in the period and not reviewed yet.</summary>
    public int LowRatings { get; init; }

    /// <summary>Requests of the period that ended without an answer.</summary>
    public int Failed { get; init; }
}

/// <summary>A course over some days, for its charts.</summary>
public sealed record CourseActivity
{
    /// <summary>Every day of the period, oldest first, days without requests among them.</summary>
    public IReadOnlyList<DayActivity> Days { get; init; } = [];
    public IReadOnlyList<ExerciseActivity> Exercises { get; init; } = [];

    /// <summary>The tests most students see failing first, most students first.</summary>
    public IReadOnlyList<StuckTest> StuckTests { get; init; } = [];
    public IReadOnlyList<Share> Levels { get; init; } = [];
    public IReadOnlyList<Share> Writers { get; init; } = [];
    public int Requests { get; init; }
    public int Students { get; init; }

    /// <summary>Requests of staff, in none of the figures about students.</summary>
    public int StaffTries { get; init; }
}

/// <summary>One day of the course. Tokens and cost are those of everybody's requests.</summary>
public sealed record DayActivity
{
    public int Day { get; init; }
    public DateOnly Date { get; init; }
    public int Requests { get; init; }
    public int Students { get; init; }
    public int StaffTries { get; init; }
    public long Tokens { get; init; }

    /// <summary>Millionths of the currency of the hosts' price list.</summary>
    public long CostMicro { get; init; }
}

/// <summary>How an exercise's hints were received.</summary>
public sealed record ExerciseActivity
{
    public string ExerciseId { get; init; } = "";
    public int Requests { get; init; }
    public int Students { get; init; }
    public int Rated { get; init; }
    public int Helped { get; init; }

    /// <summary>Share of the rated hints that helped; null while nothing is rated.</summary>
    public double? HelpedRate => Rated == 0 ? null : (double)Helped / Rated;
}

/// <summary>A test students' work fails first.</summary>
public sealed record StuckTest
{
    public string ExerciseId { get; init; } = "";
    public string TestId { get; init; } = "";
    public int Requests { get; init; }
    public int Students { get; init; }
}

/// <summary>How many requests have one value (a level reached or asked for, a writer).</summary>
public sealed record Share
{
    public string Value { get; init; } = "";
    public int Requests { get; init; }
}
