using System.Text.Json;
using Tutor.Core.Evidence;
using Tutor.Sandbox.Bubblewrap;

namespace Tutor.Sandbox.Results;

/// <summary>Gathers one program's lines into its <see cref="ProgramRun"/>.</summary>
/// <remarks>The lines up to the end come from the student's process, so they are checked: once one is malformed or out
/// of order, everything after it is ignored and the program counts as killed. What came before is kept, as it cannot be
/// told from what the program would have returned.</remarks>
internal sealed class ProgramReport(int callCount)
{
    private readonly List<CallResult> calls = [];
    private IReadOnlyList<NameUse> uses = [];
    private (string Type, string Message, int? Line)? loadFailure;
    private int? interruptedAt;
    private bool isLoaded, isBroken;
    private string? end;
    private int took, processor;

    /// <summary>Whether the program reached its process; until then a failure is the sandbox's, not the program's.</summary>
    public bool HasBegun { get; private set; }

    /// <param name="json">How the harness saw it end, and after how many milliseconds of wall and of processor time.</param>
    public void End(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        (end, took, processor) = (document.RootElement[0].GetString(), document.RootElement[1].GetInt32(), document.RootElement[2].GetInt32());
    }

    /// <param name="line">A kind and JSON, perhaps forged.</param>
    public void Accept(ReadOnlyMemory<byte> line)
    {
        if (isBroken)
            return;
        try
        {
            if (line.IsEmpty)
                throw new FormatException("The line is empty.");
            AcceptFromProgram((char)line.Span[0], line[1..]);
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException or IndexOutOfRangeException or OverflowException)
        {
            isBroken = true;
        }
    }

    private void AcceptFromProgram(char kind, ReadOnlyMemory<byte> json)
    {
        if (kind == 'P' && !HasBegun)
        {
            HasBegun = true;
            return;
        }

        if (kind == 'L' && HasBegun && !isLoaded)
        {
            isLoaded = true;
            return;
        }

        using var document = JsonDocument.Parse(json);
        var content = document.RootElement;
        if (kind == 'U' && HasBegun && !isLoaded)
            uses = [.. content.EnumerateArray().Select(use => new NameUse(use[0].GetString()!, use[1].GetInt32()))];
        else if (kind == 'F' && HasBegun && !isLoaded && loadFailure is null)
            loadFailure = ReadException(content);
        else if (kind == 'V' && isLoaded && calls.Count < callCount)
            calls.Add(new CallResult { Value = ValueReader.Read(content) });
        else if (kind == 'E' && isLoaded && calls.Count < callCount)
            calls.Add(ReadRaised(content));
        else if (kind == 'T' && HasBegun && interruptedAt is null)
            interruptedAt = content.ValueKind == JsonValueKind.Null ? null : content.GetInt32();
        else
            throw new FormatException($"The line '{kind}' is out of order.");
    }

    private static CallResult ReadRaised(JsonElement exception)
    {
        var (type, message, line) = ReadException(exception);
        return new CallResult { ExceptionType = type, ExceptionMessage = message, Line = line };
    }

    private static (string Type, string Message, int? Line) ReadException(JsonElement exception) =>
        (exception[0].GetString()!, exception[1].GetString()!, exception[2].ValueKind == JsonValueKind.Null ? null : exception[2].GetInt32());

    /// <param name="cause">Why the sandbox was killed from outside, which ended this program unless it had ended before.</param>
    public ProgramRun ToRun(KillCause cause)
    {
        var outcome = Outcome(cause);
        var results = calls.ToList();
        if (outcome == ProgramOutcome.TimedOut && isLoaded && results.Count < callCount)
            results.Add(new CallResult { TimedOut = true, Line = interruptedAt });
        while (results.Count < callCount)
            results.Add(new CallResult());
        return new ProgramRun
        {
            Outcome = outcome,
            Calls = results,
            ExceptionType = loadFailure?.Type,
            ExceptionMessage = outcome == ProgramOutcome.Killed ? KilledMessage() : loadFailure?.Message,
            Line = loadFailure is { } failure ? failure.Line : outcome == ProgramOutcome.TimedOut && !isLoaded ? interruptedAt : null,
            TookMilliseconds = took,
            ProcessorMilliseconds = processor,
            ForbiddenUses = uses,
        };
    }

    private ProgramOutcome Outcome(KillCause cause)
    {
        if (isBroken)
            return ProgramOutcome.Killed;
        if (end == "timeout" || (end is null && cause == KillCause.Wall))
            return ProgramOutcome.TimedOut;
        if (end is null && cause == KillCause.Memory)
            return ProgramOutcome.OutOfMemory;
        if (end != "done")
            return ProgramOutcome.Killed;
        return loadFailure switch
        {
            null => ProgramOutcome.Completed,
            { Type: "MemoryError" } => ProgramOutcome.OutOfMemory,
            _ => ProgramOutcome.LoadFailed,
        };
    }

    private string KilledMessage() =>
        isBroken ? "The program wrote into the channel that carries its results."
        : end == "output" ? "The program's results are too large."
        : "The program ended its own process or crashed.";
}
