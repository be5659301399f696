namespace Tutor.Core.Evidence;

/// <summary>Runs student programs apart from everything else: the bubblewrap sandbox, or the runner that is off and says why.</summary>
public interface ICodeRunner
{
    /// <summary>Null when programs can be run, or while nothing speaks against it yet; else a sentence that says why not and what to do.</summary>
    /// <remarks>A runner may test itself only at the first run; after such a run failed, the reason is here.</remarks>
    string? OffReason { get; }

    /// <summary>The Python that reads programs, as "3.11"; null where none does, and until it has been asked.</summary>
    string? PythonVersion => null;

    /// <summary>Runs each program in turn on the same calls in one sandbox; a result per program, in order.</summary>
    /// <remarks>Call expressions go in, typed values come out; expected values never enter the sandbox.</remarks>
    /// <exception cref="SandboxUnavailableException">The sandbox could not be started or its queue is full.</exception>
    Task<IReadOnlyList<ProgramRun>> RunAsync(RunRequest request, CancellationToken cancel);
}

/// <param name="Programs">Python sources; usually one.</param>
/// <param name="Prelude">Run before each program in its namespace.</param>
/// <param name="Calls">Python expressions evaluated after the program.</param>
/// <param name="ProgramTimeout">Wall limit for each program with all its calls.</param>
/// <param name="StopAtFirstException">Skip the remaining calls of a program once one raises or times out.</param>
/// <remarks>A program learns the text of a call only after the call before it ended. Put public calls before hidden ones:
/// then no value that a student is shown can carry the text of a hidden call.</remarks>
public sealed record RunRequest(
    IReadOnlyList<string> Programs, string Prelude, IReadOnlyList<string> Calls, TimeSpan ProgramTimeout, bool StopAtFirstException = false)
{
    /// <summary>Names to look for in each program before it runs, as in <see cref="Courses.CodeRule.Forbid"/>:
    /// functions, methods, modules, or dotted ("math.factorial"). What is found is in <see cref="ProgramRun.ForbiddenUses"/>.</summary>
    public IReadOnlyList<string> Forbidden { get; init; } = [];

    /// <summary>Limit on the processor time of each program with all its calls; null leaves the wall limit alone. Unlike wall time it
    /// does not depend on what else the machine does. A program that takes the limit off is left with the wall limit.</summary>
    public TimeSpan? ProcessorTime { get; init; }
}

/// <summary>How one program's run ended.</summary>
/// <remarks>
/// Completed: loaded, and every call that was due gave a value or an exception. LoadFailed: a syntax error or an exception
/// at top level (or in the prelude, then without a line). TimedOut: the limit of wall or processor time passed, while loading or in the call that
/// says so. OutOfMemory: loading needed more than the sandbox allows, or its processes
/// together did (a call that alone needs too much raises MemoryError instead). Killed: the process ended itself, crashed, wrote too
/// much, or wrote into the channel of results. Results given before the end are kept in every case.
/// </remarks>
public enum ProgramOutcome { Completed, LoadFailed, TimedOut, OutOfMemory, Killed }

/// <summary>One program's values, one per call in order; calls never reached have neither value nor exception.</summary>
public sealed record ProgramRun
{
    public required ProgramOutcome Outcome { get; init; }
    public IReadOnlyList<CallResult> Calls { get; init; } = [];
    public string? ExceptionType { get; init; }
    public string? ExceptionMessage { get; init; }

    /// <summary>1-based line of the program where the exception arose, or where it was when its time was up;
    /// null where that is not known. Never a line that the program does not have.</summary>
    public int? Line { get; init; }
    public int TookMilliseconds { get; init; }

    /// <summary>Processor time of the program and all it started.</summary>
    public int ProcessorMilliseconds { get; init; }

    /// <summary>Uses of <see cref="RunRequest.Forbidden"/> names in the order of lines; known even when the run did not come to its end.
    /// Empty where the program has a syntax error.</summary>
    public IReadOnlyList<NameUse> ForbiddenUses { get; init; } = [];
}

/// <summary>A forbidden name where a program calls, reads or imports it.</summary>
/// <param name="Line">1-based line of the program.</param>
public sealed record NameUse(string Name, int Line);

/// <summary>What one call gave.</summary>
public sealed record CallResult
{
    public PyValue? Value { get; init; }
    public string? ExceptionType { get; init; }

    /// <summary>The nearest built-in type that the exception's class derives from, or is.</summary>
    public string? ExceptionBase { get; init; }
    public string? ExceptionMessage { get; init; }

    /// <summary>As <see cref="ProgramRun.Line"/>.</summary>
    public int? Line { get; init; }
    public bool TimedOut { get; init; }
    public bool Ran => Value is not null || ExceptionType is not null || TimedOut;
}

/// <summary>The sandbox could not run anything now. Trying later may help.</summary>
public sealed class SandboxUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
