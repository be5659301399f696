using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Splicing;

/// <summary>Ways to put the lines of a fragment into a program.</summary>
internal static class LinePlacement
{
    /// <summary>A line this unlike every line of the program is an addition, not a replacement.</summary>
    private const double LeastLikeness = 0.5;

    /// <summary>Students' exercises have tens of lines. In a longer program only the best place of each line is tried.</summary>
    private const int MostLines = 400;

    /// <summary>The fragment in place of every run of lines up to two longer than itself, and between lines.</summary>
    /// <returns>Programs, each with how much the fragment resembles what it replaces (0 to 1); nothing for a program too long to search.</returns>
    public static IEnumerable<(double Likeness, IEnumerable<CodeLine> Program)> OverEveryWindow(IReadOnlyList<CodeLine> program, IReadOnlyList<CodeLine> fragment)
    {
        if (program.Count > MostLines) yield break;
        var words = fragment.SelectMany(Words).ToList();
        for (int from = 0; from <= program.Count; from++)
        {
            int[] indents = [.. Indents(program, from)];
            var window = new List<string>();
            for (int to = from; to <= Math.Min(program.Count, from + fragment.Count + 2); to++)
            {
                if (to > from) window.AddRange(Words(program[to - 1]));
                // Between two lines nothing can be resembled; a third puts insertions behind good replacements and before poor ones.
                double likeness = to == from ? 0.33 : Likeness(words, window);
                foreach (int indent in indents)
                {
                    yield return (likeness, Placed(program, fragment, from, to, indent));
                    // "else:" and its like take what follows into their block: one line, or all that stand as deep.
                    if (!fragment[^1].Text.EndsWith(':') || to == program.Count) continue;
                    int inside = fragment[^1].Indent + indent + 4;
                    foreach (int end in new[] { to + 1, BlockEnd(program, to) }.Distinct())
                        yield return (likeness - 0.01, Placed([.. program.Take(to), .. Moved(program, to, end, inside), .. program.Skip(end)], fragment, from, to, indent));
                }
            }
        }
    }

    /// <summary>One line in place of another, at every indentation it may have there.</summary>
    public static IEnumerable<IEnumerable<CodeLine>> InPlaceOf(IReadOnlyList<CodeLine> program, int at, string text) =>
        Indents([.. program.Take(at), .. program.Skip(at + 1)], at).Select(indent => program.Select((l, i) => i == at ? l with { Text = text, Indent = indent } : l));

    private static int BlockEnd(IReadOnlyList<CodeLine> program, int from)
    {
        int end = from + 1;
        while (end < program.Count && program[end].Indent >= program[from].Indent) end++;
        return end;
    }

    private static IEnumerable<CodeLine> Moved(IReadOnlyList<CodeLine> program, int from, int to, int indent)
    {
        int by = indent - program[from].Indent;
        return program.Take(new Range(from, to)).Select(l => l with { Indent = l.Indent + by });
    }

    private static IEnumerable<CodeLine> Placed(IReadOnlyList<CodeLine> program, IReadOnlyList<CodeLine> fragment, int from, int to, int indent) =>
        program.Take(from).Concat(fragment.Select(l => l with { Indent = l.Indent + indent })).Concat(program.Skip(to));

    /// <summary>Each line in place of the one most like it, with that one's indentation; no line is replaced twice.</summary>
    public static IEnumerable<CodeLine> LineByLine(IReadOnlyList<CodeLine> program, IReadOnlyList<CodeLine> fragment)
    {
        CodeLine[] result = [.. program];
        var taken = new HashSet<int>();
        foreach (var line in fragment)
        {
            int[] free = [.. Enumerable.Range(0, result.Length).Where(i => !taken.Contains(i))];
            if (free.Length == 0) break;
            int best = free.MaxBy(i => Likeness(line, program[i]));
            taken.Add(best);
            result[best] = line with { Indent = program[best].Indent };
        }
        return result;
    }

    /// <summary>Lines in their order: like ones replaced, others added after the last placed.</summary>
    /// <param name="ownIndent">With the indentation the hint gives them, else with that of what they replace or follow.</param>
    public static IEnumerable<CodeLine> InOrder(IReadOnlyList<CodeLine> program, IReadOnlyList<CodeLine> fragment, bool ownIndent)
    {
        var result = new List<CodeLine>();
        int next = 0;
        foreach (var line in fragment)
        {
            var likely = Enumerable.Range(next, program.Count - next).Select(i => (At: i, Likeness: Likeness(line, program[i]))).DefaultIfEmpty((At: -1, Likeness: 0)).MaxBy(x => x.Likeness);
            if (likely.Likeness >= LeastLikeness)
            {
                result.AddRange(program.Take(new Range(next, likely.At)));
                next = likely.At + 1;
            }
            int indent = likely.Likeness >= LeastLikeness ? program[likely.At].Indent : result.Count == 0 ? 0 : IndentAfter(result[^1]);
            result.Add(ownIndent ? line : line with { Indent = indent });
        }
        return result.Concat(program.Skip(next));
    }

    /// <summary>Gives lines that lost their indentation the one they have in the program, else the one their neighbour suggests.</summary>
    public static IEnumerable<CodeLine> Nested(IReadOnlyList<CodeLine> flat, IReadOnlyList<CodeLine> program)
    {
        int indent = 0, least = 0;
        bool opened = false;
        foreach (var line in flat)
        {
            bool definition = line.Tokens is [{ Text: "def" or "class" or "import" or "from" }, ..];
            int suggested = definition ? 0 : opened ? indent + 4 : line.Tokens is [{ Text: "else" or "elif" or "except" }, ..] ? Math.Max(least, indent - 4) : indent;
            if (line.Tokens is [{ Text: "def" }, ..]) least = 4;
            indent = !opened && program.FirstOrDefault(l => l.Text == line.Text) is { } known ? known.Indent : suggested;
            opened = line.Text.EndsWith(':');
            yield return line with { Indent = indent };
        }
    }

    /// <summary>The same lines with one or two blocks ending earlier: where nothing shows indentation, a block may be over after any line.</summary>
    public static IEnumerable<IReadOnlyList<CodeLine>> Dedented(IReadOnlyList<CodeLine> nested)
    {
        for (int at = nested.Count - 1; at > 0; at--)
        {
            for (int by = 4; by <= nested[at].Indent && !nested[at - 1].Text.EndsWith(':'); by += 4)
            {
                int cut = by;
                yield return [.. nested.Select((l, i) => i < at ? l : l with { Indent = Math.Max(0, l.Indent - cut) })];
            }
        }
    }

    /// <summary>The same lines with the "else:" that a list of changed lines leaves out, between any two in the body of a condition.</summary>
    public static IEnumerable<IReadOnlyList<CodeLine>> WithElse(IReadOnlyList<CodeLine> nested)
    {
        for (int at = nested.Count - 1; at > 0; at--)
        {
            int indent = nested[at].Indent;
            var head = nested.Take(at).LastOrDefault(l => l.Indent < indent);
            if (indent != nested[at - 1].Indent || head?.Tokens is not [{ Text: "if" or "elif" }, ..]) continue;
            yield return [.. nested.Take(at), new CodeLine(head.Indent, "else :", []), .. nested.Skip(at)];
        }
    }

    /// <summary>Share of words two lists have in common (Dice).</summary>
    public static double Likeness(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var counts = a.GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        int common = b.GroupBy(w => w).Sum(g => Math.Min(g.Count(), counts.GetValueOrDefault(g.Key)));
        return 2.0 * common / Math.Max(1, a.Count + b.Count);
    }

    private static double Likeness(CodeLine a, CodeLine b) => Likeness([.. Words(a)], [.. Words(b)]);

    private static IEnumerable<string> Words(CodeLine line) => line.Text.Split(' ');

    private static int IndentAfter(CodeLine line) => line.Text.EndsWith(':') ? line.Indent + 4 : line.Indent;

    /// <summary>Every indentation a line may have there: that of the line it precedes, and of the blocks that are open before it.</summary>
    private static HashSet<int> Indents(IReadOnlyList<CodeLine> program, int at)
    {
        int least = at < program.Count ? program[at].Indent : 4;
        var indents = new HashSet<int> { least };
        if (at > 0) indents.Add(IndentAfter(program[at - 1]));
        for (int i = at - 1; i >= 0; i--)
            if (program[i].Indent > least && program[i].Indent < indents.Max() && !indents.Contains(program[i].Indent)) indents.Add(program[i].Indent);
        return indents;
    }
}
