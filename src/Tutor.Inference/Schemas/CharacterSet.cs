namespace Tutor.Inference.Schemas;

/// <summary>The characters one place of a pattern takes, written as they stand in JSON text.</summary>
internal sealed class CharacterSet
{
    // How each character that cannot stand for itself in a JSON string is written there.
    private static readonly (int Rune, string Written)[] escaped =
        [('"', "\\\""), ('\\', "\\\\"), ('\b', "\\b"), ('\t', "\\t"), ('\n', "\\n"), ('\f', "\\f"), ('\r', "\\r")];

    private readonly List<(int Low, int High)> ranges = [];

    public bool Negated { get; set; }

    /// <summary>The only character of the set; null where there are more.</summary>
    public int? Single => !Negated && ranges is [var (low, high)] && low == high ? low : null;

    public CharacterSet With(int low, int high)
    {
        ranges.Add((low, high));
        return this;
    }

    public void With(CharacterSet other) => ranges.AddRange(other.ranges);

    /// <returns>Null for a set of control characters only, which Tutor does not write.</returns>
    public string? Write()
    {
        var choices = escaped.Where(one => Holds(one.Rune) != Negated).Select(one => GrammarText.Literal(one.Written)).ToList();
        // Readers of patterns differ in whether a character beyond U+FFFF counts once or twice, so "anything else" leaves those out.
        if (Negated)
            choices.Insert(0, $"""[^"\\\x7F\x00-\x1F\U00010000-\U0010FFFF{string.Concat(ranges.SelectMany(Plain).Select(Written))}]""");
        else if (string.Concat(ranges.SelectMany(Plain).Select(Written)) is { Length: > 0 } plain)
            choices.Insert(0, $"[{plain}]");
        return choices.Count == 0 ? null : choices.Count == 1 ? choices[0] : $"({string.Join(" | ", choices)})";
    }

    private bool Holds(int rune) => ranges.Any(range => rune >= range.Low && rune <= range.High);

    // The range without what JSON escapes: control characters, the quote, the backslash.
    private static IEnumerable<(int Low, int High)> Plain((int Low, int High) range)
    {
        var low = Math.Max(range.Low, 0x20);
        foreach (var hole in new[] { 0x22, 0x5C, 0x7F })
        {
            if (low <= hole && hole <= range.High)
            {
                if (low < hole) yield return (low, hole - 1);
                low = hole + 1;
            }
        }
        if (low <= range.High) yield return (low, range.High);
    }

    private static string Written((int Low, int High) range) =>
        range.Low == range.High ? GrammarText.InClass(range.Low) : $"{GrammarText.InClass(range.Low)}-{GrammarText.InClass(range.High)}";
}
