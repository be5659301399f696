using System.Text.Json;
using Tutor.Core.Evidence;
using Tutor.Sandbox.Bubblewrap;

namespace Tutor.Sandbox.Results;

/// <summary>Gathers one program's lines into its <see cref="ProgramRun"/>.</summary>
/// <remarks>The lines up to the end come from the student's process, so they are checked: once one is malformed or out
/// of order, everything after it is ignored and the program counts as killed. What came before is kept, as it cannot be
/// told from what the program would have returned.</remarks>
/// <param name="callCount">Calls that are made of it.</param>
/// <param name="lineCount">Lines it has: a line beyond is not believed.</param>
internal sealed class ProgramReport(int callCount, int lineCount)
{
    // What describe() in values.py writes at most, in UTF-16 code units.
    private const int LongestTypeName = 200;
    private const int LongestMessage = 700;
    private const int MostUses = 50;

    private readonly List<CallResult> calls = [];
    private IReadOnlyList<NameUse> uses = [];
    private CallResult? loadFailure;
    private int? interruptedAt;
    private bool isLoaded, isBroken;
    private char last;
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
        if (!IsDue(kind))
            throw new FormatException($"The line '{kind}' is out of order.");

        last = kind;
        if (kind == 'P')
            HasBegun = true;
        else if (kind == 'L')
            isLoaded = true;
        else
            Read(kind, json);
    }

    /// <summary>As <c>after</c> in harness.py: that process holds to it, and so does this one.</summary>
    private bool IsDue(char kind) => last switch
    {
        '\0' => kind == 'P',
        'P' => kind is 'U' or 'L' or 'F' or 'T',
        'U' => kind is 'L' or 'F' or 'T',
        'L' or 'V' or 'E' => kind is 'V' or 'E' or 'T' && calls.Count < callCount,
        _ => false,
    };

    private void Read(char kind, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var content = document.RootElement;
        switch (kind)
        {
            case 'U': uses = ReadUses(content); break;
            case 'F': loadFailure = ReadException(content); break;
            case 'V': calls.Add(new CallResult { Value = ValueReader.Read(content) }); break;
            case 'E': calls.Add(ReadException(content)); break;
            default: interruptedAt = LineOf(content); break;
        }
    }

    private static List<NameUse> ReadUses(JsonElement found) => found.GetArrayLength() <= MostUses
        ? [.. found.EnumerateArray().Select(use => new NameUse(use[0].GetString()!, use[1].GetInt32()))]
        : throw new FormatException("More uses than the harness reports.");

    private CallResult ReadException(JsonElement exception) => new()
    {
        ExceptionType = TextOf(exception[0], LongestTypeName),
        ExceptionMessage = TextOf(exception[1], LongestMessage),
        Line = LineOf(exception[2]),
        ExceptionBase = TextOf(exception[3], LongestTypeName),
    };

    private static string TextOf(JsonElement text, int longest) =>
        text.GetString() is { } value && value.Length <= longest ? value : throw new FormatException("A text is missing, or longer than the harness writes it.");

    private int? LineOf(JsonElement line) => line.ValueKind != JsonValueKind.Null && line.GetInt32() is var number && number >= 1 && number <= lineCount ? number : null;

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
            ExceptionType = loadFailure?.ExceptionType,
            ExceptionMessage = outcome == ProgramOutcome.Killed ? KilledMessage() : loadFailure?.ExceptionMessage,
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
            { ExceptionType: "MemoryError" } => ProgramOutcome.OutOfMemory,
            _ => ProgramOutcome.LoadFailed,
        };
    }

    private string KilledMessage() =>
        isBroken || end == "forged" ? "The program wrote into the channel that carries its results."
        : end == "output" ? "The program's results are too large."
        : "The program ended its own process or crashed.";
}
