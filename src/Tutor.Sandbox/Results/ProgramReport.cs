using System.Text.Json;
using Tutor.Core.Evidence;

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
    private bool isLoaded, isBroken;
    private string? end;
    private int took;

    /// <summary>Whether the program reached its process; until then a failure is the sandbox's, not the program's.</summary>
    public bool HasBegun { get; private set; }
    public bool HasEnded => end is not null;

    public void Accept(char kind, ReadOnlyMemory<byte> json)
    {
        if (kind == 'X')
        {
            using var document = JsonDocument.Parse(json);
            (end, took) = (document.RootElement[0].GetString(), document.RootElement[1].GetInt32());
            return;
        }

        if (isBroken)
            return;
        try
        {
            AcceptFromProgram(kind, json);
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException or IndexOutOfRangeException or OverflowException)
        {
            isBroken = true;
        }
    }

    private void AcceptFromProgram(char kind, ReadOnlyMemory<byte> json)
    {
        using var document = json.IsEmpty ? null : JsonDocument.Parse(json);
        switch (kind)
        {
            case 'P' when !HasBegun:
                HasBegun = true;
                break;
            case 'U' when HasBegun && !isLoaded:
                uses = [.. document!.RootElement.EnumerateArray().Select(use => new NameUse(use[0].GetString()!, use[1].GetInt32()))];
                break;
            case 'L' when HasBegun && !isLoaded && loadFailure is null:
                isLoaded = true;
                break;
            case 'F' when HasBegun && !isLoaded && loadFailure is null:
                loadFailure = ReadException(document!.RootElement);
                break;
            case 'V' when isLoaded && calls.Count < callCount:
                calls.Add(new CallResult { Value = ValueReader.Read(document!.RootElement) });
                break;
            case 'E' when isLoaded && calls.Count < callCount:
                var (type, message, line) = ReadException(document!.RootElement);
                calls.Add(new CallResult { ExceptionType = type, ExceptionMessage = message, Line = line });
                break;
            default:
                throw new FormatException($"The line '{kind}' is out of order.");
        }
    }

    private static (string Type, string Message, int? Line) ReadException(JsonElement exception) =>
        (exception[0].GetString()!, exception[1].GetString()!, exception[2].ValueKind == JsonValueKind.Null ? null : exception[2].GetInt32());

    /// <param name="hitWall">The sandbox was killed from outside because time was up.</param>
    public ProgramRun ToRun(bool hitWall)
    {
        var outcome = Outcome(hitWall);
        var results = calls.ToList();
        if (outcome == ProgramOutcome.TimedOut && isLoaded && results.Count < callCount)
            results.Add(new CallResult { TimedOut = true });
        while (results.Count < callCount)
            results.Add(new CallResult());
        return new ProgramRun
        {
            Outcome = outcome,
            Calls = results,
            ExceptionType = loadFailure?.Type,
            ExceptionMessage = outcome == ProgramOutcome.Killed ? KilledMessage() : loadFailure?.Message,
            Line = loadFailure?.Line,
            TookMilliseconds = took,
            ForbiddenUses = uses,
        };
    }

    private ProgramOutcome Outcome(bool hitWall)
    {
        if (isBroken)
            return ProgramOutcome.Killed;
        if (end == "timeout" || (end is null && hitWall))
            return ProgramOutcome.TimedOut;
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
