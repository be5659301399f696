using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Splicing;

/// <summary>Puts an expression of a hint in place of expressions like it: "use `range(1, n)`" where the student has `range(n)`.</summary>
internal static class SpanReplacement
{
    private const double LeastLikeness = 0.5;
    private const int LengthSlack = 3;

    /// <returns>Programs with how much the new expression resembles what it replaces (0 to 1), best first.</returns>
    public static IEnumerable<(double Likeness, IReadOnlyList<CodeLine> Program)> InPlaceOfTheLike(IReadOnlyList<CodeLine> program, CodeLine expression)
    {
        string[] words = expression.Text.Split(' ');
        var places = new List<(double Likeness, int Line, int From, int To)>();
        for (int line = 0; line < program.Count; line++)
        {
            string[] old = program[line].Text.Split(' ');
            for (int from = 0; from < old.Length; from++)
            {
                for (int to = from + Math.Max(1, words.Length - LengthSlack); to <= Math.Min(old.Length, from + words.Length + LengthSlack); to++)
                {
                    if (old[from] != words[0] && old[to - 1] != words[^1]) continue;
                    double likeness = LinePlacement.Likeness(words, old[from..to]);
                    if (likeness >= LeastLikeness) places.Add((likeness, line, from, to));
                }
            }
        }
        foreach (var (likeness, at, from, to) in places.OrderByDescending(p => p.Likeness).Take(12))
        {
            string[] old = program[at].Text.Split(' ');
            string text = string.Join(' ', [.. old[..from], .. words, .. old[to..]]);
            yield return (likeness, [.. program.Select((l, i) => i == at ? l with { Text = text } : l)]);
        }
    }
}
