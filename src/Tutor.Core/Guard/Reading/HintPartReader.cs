using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Reading;

/// <summary>Cuts a hint into prose lines, code blocks and block quotations.</summary>
/// <remarks>
/// Wider than Markdown on purpose: a line that is code to a reader is code here, fenced, indented, in a list or bare.
/// A block ends at the first line that cannot belong to it, so what was read never changes when more text arrives.
/// </remarks>
internal static class HintPartReader
{
    public static IReadOnlyList<HintPart> Read(string text, bool finished, CodeLanguage language)
    {
        var parts = new List<HintPart>();
        var block = new Block();
        string? fence = null;
        for (int start = 0; start < text.Length;)
        {
            int newLine = text.IndexOf('\n', start);
            int end = newLine < 0 ? text.Length : newLine + 1;
            string line = text[start..(newLine < 0 ? end : newLine)].TrimEnd('\r');

            if (fence is not null)
            {
                // Without its line end "```" could still become "```x", which closes nothing.
                bool closes = (newLine >= 0 || finished) && LineMarkup.Closes(line, fence);
                block.Add(closes ? "" : line, end);
                if (closes) { block.Flush(parts, open: false); fence = null; }
            }
            else if (LineMarkup.OpeningFence(line) is var (column, marks))
            {
                block.Flush(parts, open: false);
                string before = line[..column];
                bool midLine = before.AsSpan().Trim(">-* ").Length > 0;
                if (midLine) parts.Add(new(HintPartKind.Prose, start, start + column, before, Open: false));
                block.Begin(HintPartKind.Code, midLine ? start + column : start);
                block.Add(InfoString(line[column..], marks), end);
                fence = marks;
            }
            else ReadPlain(parts, block, line, start, end, language);
            start = end;
        }
        block.Flush(parts, open: !finished);
        return parts;
    }

    private static void ReadPlain(List<HintPart> parts, Block block, string line, int start, int end, CodeLanguage language)
    {
        bool blank = string.IsNullOrWhiteSpace(line);
        string? code = blank ? null : LineMarkup.WholeLineCode(line, language);
        if (!Continues(block.Kind, line, blank, code))
        {
            block.Flush(parts, open: false);
            if (code is not null) block.Begin(HintPartKind.Code, start);
            else if (LineMarkup.IsQuotation(line)) block.Begin(HintPartKind.Quotation, start);
            else { parts.Add(new(HintPartKind.Prose, start, end, line, Open: false)); return; }
        }
        block.Add(block.Kind == HintPartKind.Quotation ? line.TrimStart().TrimStart('>', ' ') : code ?? line, end);
    }

    /// <summary>Whether a line belongs to the block without a fence that is open before it.</summary>
    public static bool Continues(HintPartKind? open, string line, CodeLanguage language)
    {
        bool blank = string.IsNullOrWhiteSpace(line);
        return LineMarkup.OpeningFence(line) is null && Continues(open, line, blank, blank ? null : LineMarkup.WholeLineCode(line, language));
    }

    private static bool Continues(HintPartKind? open, string line, bool blank, string? code) => open switch
    {
        HintPartKind.Code => blank || code is not null || (LineMarkup.IsIndented(line) && !line.Contains('`')),
        HintPartKind.Quotation => code is null && !blank && LineMarkup.IsQuotation(line),
        _ => false,
    };

    /// <summary>The word after a fence is a language name; anything longer is code on the fence's own line.</summary>
    private static string InfoString(string fenceLine, string marks)
    {
        string info = fenceLine[marks.Length..].Trim();
        return info.Contains(' ') || info.Contains('(') ? info : "";
    }

    private sealed class Block
    {
        private readonly List<string> lines = [];
        private int start;
        private int end;

        public HintPartKind? Kind { get; private set; }

        public void Begin(HintPartKind kind, int at) => (Kind, start, end) = (kind, at, at);

        public void Add(string line, int lineEnd)
        {
            lines.Add(line);
            end = lineEnd;
        }

        public void Flush(List<HintPart> parts, bool open)
        {
            if (Kind is { } kind) parts.Add(new(kind, start, end, string.Join('\n', lines).Trim('\n', '\r'), open));
            lines.Clear();
            Kind = null;
        }
    }
}
