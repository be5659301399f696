namespace Tutor.Benchmarks;

/// <summary>A Markdown table printed to the console, columns padded so that it reads as plain text too.</summary>
public sealed class Table(params string[] headings)
{
    private readonly List<string[]> rows = [];

    public Table Add(params object[] cells)
    {
        rows.Add([.. cells.Select(cell => cell.ToString() ?? "")]);
        return this;
    }

    public override string ToString()
    {
        var widths = headings.Select((heading, column) => Math.Max(3, rows.Append(headings).Max(row => row[column].Length))).ToArray();
        string Line(string[] cells) => "| " + string.Join(" | ", cells.Select((cell, column) => cell.PadRight(widths[column]))) + " |";
        return string.Join('\n', [Line(headings), "|" + string.Concat(widths.Select(width => new string('-', width + 2) + "|")), .. rows.Select(Line)]) + "\n";
    }
}
