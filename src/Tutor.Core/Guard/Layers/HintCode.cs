using Tutor.Core.Guard.Python;
using Tutor.Core.Guard.Reading;

namespace Tutor.Core.Guard.Layers;

/// <summary>The code of one hint as the layers look at it.</summary>
internal sealed class HintCode
{
    public HintCode(HintText hint)
    {
        Hint = hint;
        Blocks = [.. hint.CodeBlocks.Select(b => (b.Content, CodeLine.Read(b.Content)))];
        Spans = [.. hint.Spans.Select(s => (s.Content, CodeLine.Read(s.Content)))];
        ProseRuns = [.. hint.Prose.Split('\n').SelectMany(Layers.ProseRun.Read)];
        Tokens = [.. Lines.SelectMany(l => l.Tokens), .. ProseRuns.SelectMany(r => r.Tokens)];
    }

    public HintText Hint { get; }
    public IReadOnlyList<(string Source, IReadOnlyList<CodeLine> Lines)> Blocks { get; }
    public IReadOnlyList<(string Source, IReadOnlyList<CodeLine> Lines)> Spans { get; }

    /// <summary>Stretches of prose that read as code.</summary>
    public IReadOnlyList<ProseRun> ProseRuns { get; }

    /// <summary>All code of the hint in order, so that a program cut into bullets is whole again.</summary>
    public IReadOnlyList<PythonToken> Tokens { get; }

    /// <summary>Lines of blocks and spans.</summary>
    public IEnumerable<CodeLine> Lines => Blocks.Concat(Spans).SelectMany(x => x.Lines);
}
