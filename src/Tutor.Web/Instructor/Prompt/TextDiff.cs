using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Tutor.Web.Instructor.Prompt;

/// <summary>One row of a comparison: a line that stayed, went or came, or a gap where nothing changed.</summary>
/// <param name="Kind">' ' stayed, '-' went, '+' came, '…' lines left out.</param>
/// <param name="Pieces">The line in pieces; true marks the words that differ from the line it replaces.</param>
public sealed record DiffRow(char Kind, int? Old, int? New, IReadOnlyList<(string Text, bool Differs)> Pieces, int Hidden = 0);

/// <summary>Compares two texts line by line, and changed lines word by word.</summary>
public static class TextDiff
{
    private const int Context = 3;

    /// <returns>Empty when the texts are the same.</returns>
    public static IReadOnlyList<DiffRow> Between(string before, string after)
    {
        var model = SideBySideDiffBuilder.Diff(before, after, ignoreWhiteSpace: false);
        var rows = new List<DiffRow>();
        for (var start = 0; start < model.NewText.Lines.Count;)
        {
            var end = start;
            while (end < model.NewText.Lines.Count && Changed(model, end) == Changed(model, start))
                end++;
            if (Changed(model, start))
                AddChange(rows, model, start, end);
            else
                AddContext(rows, model, start, end);
            start = end;
        }
        return rows.Any(r => r.Kind is '-' or '+') ? rows : [];
    }

    private static bool Changed(SideBySideDiffModel model, int i) =>
        model.OldText.Lines[i].Type != ChangeType.Unchanged || model.NewText.Lines[i].Type != ChangeType.Unchanged;

    // What went, then what came: read aloud it makes sense, and on a phone it fits.
    private static void AddChange(List<DiffRow> rows, SideBySideDiffModel model, int start, int end)
    {
        for (var i = start; i < end; i++)
            if (model.OldText.Lines[i] is { Type: not ChangeType.Imaginary } line)
                rows.Add(new DiffRow('-', line.Position, null, Pieces(line)));
        for (var i = start; i < end; i++)
            if (model.NewText.Lines[i] is { Type: not ChangeType.Imaginary } line)
                rows.Add(new DiffRow('+', null, line.Position, Pieces(line)));
    }

    private static void AddContext(List<DiffRow> rows, SideBySideDiffModel model, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var near = (start > 0 && i < start + Context) || (end < model.NewText.Lines.Count && i >= end - Context);
            if (near || end - start <= 2 * Context + 1)
                rows.Add(new DiffRow(' ', model.OldText.Lines[i].Position, model.NewText.Lines[i].Position, [(model.NewText.Lines[i].Text, false)]));
            else if (rows.Count == 0 || rows[^1].Kind != '…')
                rows.Add(new DiffRow('…', null, null, [], 1));
            else
                rows[^1] = rows[^1] with { Hidden = rows[^1].Hidden + 1 };
        }
    }

    private static IReadOnlyList<(string, bool)> Pieces(DiffPiece line) => line.SubPieces.Count == 0
        ? [(line.Text, false)]
        : [.. line.SubPieces.Where(p => p.Type != ChangeType.Imaginary).Select(p => (p.Text, p.Type != ChangeType.Unchanged))];
}
