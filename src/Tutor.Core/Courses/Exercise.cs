using Tutor.Core.Hints;

namespace Tutor.Core.Courses;

/// <summary>One exercise of a course pack: <c>exercises/&lt;id&gt;/</c>.</summary>
public sealed record Exercise
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required ExerciseKind Kind { get; init; }

    /// <summary>Language of the code, lower case ("python"); empty for writing.</summary>
    public string Language { get; init; } = "";

    /// <summary>One line for lists.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The task as students read it, Markdown.</summary>
    public required string Task { get; init; }

    /// <summary>What the editor starts with; empty for an empty sheet.</summary>
    public string Starter { get; init; } = "";

    /// <summary>Hours or minutes of typical work, as free text ("30 minutes"); may be empty.</summary>
    public string Effort { get; init; } = "";
    public DateTimeOffset? Due { get; init; }

    /// <summary>Length asked of a text, in words; null where the task sets none.</summary>
    public WordRange? Words { get; init; }
    public TestSuite Tests { get; init; } = new();

    /// <summary>Instructor's solutions. Never in a prompt, never shown to students; the leak guard compares with them.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
    public HintLadder Ladder { get; init; } = new();

    /// <summary>Policy of this exercise alone; null takes the course's.</summary>
    public HintPolicy? Policy { get; init; }
}

/// <summary>Words asked for, inclusive at both ends.</summary>
public sealed record WordRange(int Least, int Most);

/// <summary>Call and expected value pairs, and rules about how the program may be written.</summary>
public sealed record TestSuite
{
    /// <summary>Python run before the student's code in the same namespace (imports and data the calls use).</summary>
    public string Prelude { get; init; } = "";

    /// <summary>Time for all calls together, in milliseconds.</summary>
    public int TimeoutMilliseconds { get; init; } = 2000;
    public IReadOnlyList<TestCase> Cases { get; init; } = [];
    public IReadOnlyList<CodeRule> Rules { get; init; } = [];

    /// <summary>The same suite without its hidden tests, for students who try their work.</summary>
    public TestSuite PublicOnly() => this with { Cases = [.. Cases.Where(c => c.Public)] };
}

/// <summary>One call and what it must give.</summary>
/// <remarks>Exactly one of <see cref="Expected"/> and <see cref="Raises"/> is set.</remarks>
public sealed record TestCase
{
    public required string Id { get; init; }

    /// <summary>A Python expression evaluated after the student's code.</summary>
    public required string Call { get; init; }

    /// <summary>The expected value as a Python literal, compared by Python's value equality on the host.</summary>
    public string? Expected { get; init; }

    /// <summary>Name of the exception type the call must raise.</summary>
    public string? Raises { get; init; }

    /// <summary>Largest absolute difference accepted between floats, anywhere in the value; 0 is exact.</summary>
    public double Tolerance { get; init; }

    /// <summary>Public tests are shown to students and go into prompts; hidden ones only say <see cref="Why"/>.</summary>
    public bool Public { get; init; }

    /// <summary>What the case is about in a student's words ("an empty list"); safe to show for hidden tests.</summary>
    public string Why { get; init; } = "";
}

/// <summary>Names a program may not use ("write it without sort or sorted").</summary>
public sealed record CodeRule
{
    public required string Id { get; init; }

    /// <summary>Function, method or module names that may not be called, imported or read as an attribute; dotted to mean one module's ("math.factorial").</summary>
    public required IReadOnlyList<string> Forbid { get; init; }

    /// <summary>What the student is told.</summary>
    public required string Message { get; init; }
}
