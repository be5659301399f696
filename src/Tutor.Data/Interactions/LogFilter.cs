namespace Tutor.Data.Interactions;

/// <summary>Which interactions of a course staff want to see. Null means any.</summary>
public sealed record LogFilter
{
    public string? Exercise { get; init; }

    /// <summary>A student's pseudonym.</summary>
    public string? Student { get; init; }

    /// <summary>A state, or <c>open</c> for queued and running together.</summary>
    public string? State { get; init; }

    /// <summary><c>any</c>, <c>none</c>, <c>open</c> (not yet reviewed), or a category of flag.</summary>
    public string? Flag { get; init; }

    /// <summary><c>rated</c>, <c>helped</c>, <c>not-helped</c> or <c>none</c>.</summary>
    public string? Rating { get; init; }

    /// <summary>A hint level as its number.</summary>
    public int? Level { get; init; }
    public string? Writer { get; init; }

    /// <summary>Asked on this date of the course or later: Unix milliseconds of the date's midnight in UTC, whatever the course's zone.</summary>
    public long? From { get; init; }

    /// <summary>Asked before this date of the course, written likewise.</summary>
    public long? Until { get; init; }
    public bool? Escalated { get; init; }

    /// <summary>True: the leak guard did something; false: it let everything pass.</summary>
    public bool? HeldBack { get; init; }

    /// <summary><c>students</c>, or <c>staff</c> for what staff tried themselves.</summary>
    public string? By { get; init; }
    public string? Model { get; init; }

    /// <summary>Something that one of the guard's layers found in the hint.</summary>
    public string? Check { get; init; }

    /// <summary>Id of the first failing test.</summary>
    public string? FailingTest { get; init; }
    public bool? Reviewed { get; init; }

    /// <summary>Words of the question, the work or the hint.</summary>
    public string? Text { get; init; }

    public bool IsEmpty => this == new LogFilter();
}
