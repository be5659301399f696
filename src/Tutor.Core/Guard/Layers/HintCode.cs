using Tutor.Core.Guard.Python;
using Tutor.Core.Guard.Reading;

namespace Tutor.Core.Guard.Layers;

/// <summary>A block or an inline span of code.</summary>
internal sealed record CodePiece(int Start, string Source, IReadOnlyList<CodeLine> Lines, bool IsBlock);

/// <summary>The code of one hint as the layers look at it.</summary>
internal sealed class HintCode
{
    public HintCode(HintText hint)
    {
        Hint = hint;
        Pieces = [.. hint.CodeBlocks.Select(b => new CodePiece(b.Start, b.Content, CodeLine.Read(b.Content, quoted: true, hint.Language), true))
            .Concat(hint.Spans.Select(s => new CodePiece(s.Start, s.Content, CodeLine.Read(s.Content, quoted: true, hint.Language), false))).OrderBy(p => p.Start)];
        ProseRuns = [.. hint.Prose.Split('\n').SelectMany(line => Layers.ProseRun.Read(line, hint.Language))];
        Tokens = [.. Lines.SelectMany(l => l.Tokens), .. ProseRuns.SelectMany(r => r.Tokens)];
    }

    public HintText Hint { get; }

    /// <summary>Blocks and spans in the order of the hint.</summary>
    public IReadOnlyList<CodePiece> Pieces { get; }

    /// <summary>Stretches of prose that read as code.</summary>
    public IReadOnlyList<ProseRun> ProseRuns { get; }

    /// <summary>All code of the hint in order, so that a program cut into bullets is whole again.</summary>
    public IReadOnlyList<PythonToken> Tokens { get; }

    /// <summary>Lines of blocks and spans.</summary>
    public IEnumerable<CodeLine> Lines => Pieces.SelectMany(p => p.Lines);
}
