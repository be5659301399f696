using System.Buffers.Text;

namespace Tutor.Sandbox.Results;

/// <summary>Sorts the lines of one sandbox to its programs, which run and end in order.</summary>
internal sealed class RunReport(IReadOnlyList<string> sources, int callCount)
{
    private readonly List<ProgramReport> programs = [];
    private readonly TaskCompletionSource allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the last program has ended. The sandbox's own end follows and need not be waited for.</summary>
    public Task AllEnded => allEnded.Task;

    /// <summary>Programs that began, in order. Only the last may not have ended.</summary>
    public IReadOnlyList<ProgramReport> Programs => programs;

    /// <param name="line">"&lt;program&gt; &lt;kind&gt;&lt;JSON&gt;" passed on from a program, or "&lt;program&gt;=&lt;JSON&gt;" at its end. The number
    /// and the sign after it are the harness's; what follows a space may be the student's.</param>
    public void Accept(ReadOnlyMemory<byte> line)
    {
        var sign = line.Span.IndexOfAny((byte)' ', (byte)'=');
        if (!Utf8Parser.TryParse(line.Span[..sign], out int index, out _))
            throw new FormatException("A line of the sandbox has no number.");
        if (index == programs.Count && index < sources.Count)
            programs.Add(new ProgramReport(callCount, LinesOf(sources[index])));
        if (line.Span[sign] == ' ')
        {
            programs[index].Accept(line[(sign + 1)..]);
            return;
        }

        programs[index].End(line[(sign + 1)..]);
        if (programs.Count == sources.Count)
            allEnded.TrySetResult();
    }

    /// <summary>One more than line ends: Python reports an unfinished program at the line after its last.</summary>
    private static int LinesOf(string source) => source.AsSpan().Count('\n') + source.AsSpan().Count('\r') + 1;

    /// <summary>Whether the line says that a program ended.</summary>
    public static bool IsEnd(ReadOnlyMemory<byte> line) => line.Span.IndexOfAny((byte)' ', (byte)'=') is >= 0 and var sign && line.Span[sign] == '=';
}
