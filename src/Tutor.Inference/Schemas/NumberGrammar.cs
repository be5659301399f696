using System.Text.Json;

namespace Tutor.Inference.Schemas;

/// <summary>Numbers between whole bounds.</summary>
internal static class NumberGrammar
{
    // 15 digits are exact in a double, which is how many readers of JSON hold numbers.
    private const long Limit = 999_999_999_999_999;

    public static string Integer(GrammarRules rules, SchemaNode node, string hint)
    {
        var low = Max(Bound(node, "minimum", up: true), Bound(node, "exclusiveMinimum", up: false) + 1);
        var high = Min(Bound(node, "maximum", up: false), Bound(node, "exclusiveMaximum", up: true) - 1);
        if (low is null && high is null) return rules.Common("integer");
        if (low > high) throw node.Unsupported("No integer lies between the bounds.");
        return rules.Add(hint, string.Join(" | ", Signed(low, high, leastNegative: 1, DigitRange.Between)));
    }

    public static string Number(GrammarRules rules, SchemaNode node, string hint)
    {
        if (node.Has("exclusiveMinimum") || node.Has("exclusiveMaximum"))
            throw node.Unsupported("Exclusive bounds are supported for integers only. Use \"minimum\" and \"maximum\".");
        var (low, high) = (Whole(node, "minimum"), Whole(node, "maximum"));
        if (low is null && high is null) return rules.Common("number");
        if (low > high) throw node.Unsupported("No number lies between the bounds.");
        return rules.Add(hint, string.Join(" | ", Signed(low, high, leastNegative: 0, WithFraction)));
    }

    // A value with a whole part below the upper bound may have any fraction; the bound itself only zeros.
    private static IEnumerable<string> WithFraction(long low, long? high)
    {
        const string Fraction = "(\".\" [0-9]{1,16})?", Zeros = "(\".\" \"0\"{1,16})?";
        if (high is null) return DigitRange.Between(low, null).Select(digits => $"{digits} {Fraction}");
        var below = low < high ? DigitRange.Between(low, high - 1).Select(digits => $"{digits} {Fraction}") : [];
        return below.Append($"\"{high}\" {Zeros}");
    }

    // Negative numbers are the same ranges mirrored, behind a minus.
    private static IEnumerable<string> Signed(long? low, long? high, long leastNegative, Func<long, long?, IEnumerable<string>> range)
    {
        if (low is null or < 0)
            yield return $"\"-\" ({string.Join(" | ", range(high is < 0 ? -high.Value : leastNegative, -low))})";
        if (high is null or >= 0)
            foreach (var digits in range(Math.Max(0, low ?? 0), high)) yield return digits;
    }

    private static long? Whole(SchemaNode node, string keyword)
    {
        if (!node.Has(keyword)) return null;
        return Bound(node, keyword, up: true) is { } up && up == Bound(node, keyword, up: false)
            ? up
            : throw node.Unsupported($"\"{keyword}\" of a number must be whole. Choose a whole bound and check the value after it was read.");
    }

    private static long? Bound(SchemaNode node, string keyword, bool up)
    {
        if (!node.Has(keyword)) return null;
        if (node[keyword].ValueKind != JsonValueKind.Number || !node[keyword].TryGetDecimal(out var bound) || Math.Abs(bound) > Limit)
            throw node.Unsupported($"\"{keyword}\" must be a number of at most 15 digits.");
        return (long)(up ? Math.Ceiling(bound) : Math.Floor(bound));
    }

    private static long? Max(long? a, long? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);

    private static long? Min(long? a, long? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);
}
