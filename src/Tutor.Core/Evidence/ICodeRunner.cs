namespace Tutor.Core.Evidence;

/// <summary>Runs student programs apart from everything else: the bubblewrap sandbox, or the runner that is off and says why.</summary>
public interface ICodeRunner
{
    /// <summary>Null when programs can be run; else a sentence for operators and students that says why not.</summary>
    string? OffReason { get; }

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
public sealed record RunRequest(
    IReadOnlyList<string> Programs, string Prelude, IReadOnlyList<string> Calls, TimeSpan ProgramTimeout, bool StopAtFirstException = false);

/// <summary>How one program's run ended.</summary>
public enum ProgramOutcome { Completed, LoadFailed, TimedOut, OutOfMemory, Killed }

/// <summary>One program's values, one per call in order; calls never reached have neither value nor exception.</summary>
public sealed record ProgramRun
{
    public required ProgramOutcome Outcome { get; init; }
    public IReadOnlyList<CallResult> Calls { get; init; } = [];
    public string? ExceptionType { get; init; }
    public string? ExceptionMessage { get; init; }

    /// <summary>1-based line of the program.</summary>
    public int? Line { get; init; }
    public int TookMilliseconds { get; init; }
}

/// <summary>What one call gave.</summary>
public sealed record CallResult
{
    public PyValue? Value { get; init; }
    public string? ExceptionType { get; init; }
    public string? ExceptionMessage { get; init; }
    public int? Line { get; init; }
    public bool TimedOut { get; init; }
    public bool Ran => Value is not null || ExceptionType is not null || TimedOut;
}

/// <summary>The sandbox could not run anything now. Trying later may help.</summary>
public sealed class SandboxUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
