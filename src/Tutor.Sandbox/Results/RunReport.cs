using System.Globalization;
using System.Text;

namespace Tutor.Sandbox.Results;

/// <summary>Sorts the lines of one sandbox to its programs, which run and end in order.</summary>
internal sealed class RunReport(int programCount, int callCount)
{
    private readonly List<ProgramReport> programs = [];

    /// <summary>Programs that began, in order. Only the last may not have ended.</summary>
    public IReadOnlyList<ProgramReport> Programs => programs;

    /// <param name="line">"&lt;program&gt; &lt;kind&gt;&lt;JSON&gt;"; the number is the harness's, what follows the kind may be the student's.</param>
    public void Accept(ReadOnlyMemory<byte> line)
    {
        var space = line.Span.IndexOf((byte)' ');
        var index = int.Parse(Encoding.ASCII.GetString(line.Span[..space]), CultureInfo.InvariantCulture);
        if (index == programs.Count && index < programCount)
            programs.Add(new ProgramReport(callCount));
        var kind = space + 1 < line.Length ? (char)line.Span[space + 1] : ' ';
        programs[index].Accept(kind, line[Math.Min(space + 2, line.Length)..]);
    }
}
