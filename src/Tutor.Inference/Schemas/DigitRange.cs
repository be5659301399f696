using System.Globalization;

namespace Tutor.Inference.Schemas;

/// <summary>Whole numbers from one bound to another as alternatives over their decimal digits.</summary>
internal static class DigitRange
{
    private const int MaxDigits = 15;

    /// <param name="low">Not negative.</param>
    /// <param name="high">Null for no bound but the number of digits.</param>
    public static IEnumerable<string> Between(long low, long? high)
    {
        var last = high is null ? MaxDigits : Text(high.Value).Length;
        for (var length = Text(low).Length; length <= last; length++)
        {
            var least = length == Text(low).Length ? Text(low) : length == 1 ? "0" : $"1{new string('0', length - 1)}";
            var most = high is { } bound && length == last ? Text(bound) : new string('9', length);
            if (high is null && length > Text(low).Length)
            {
                // All longer numbers at once.
                yield return length == MaxDigits ? $"[1-9] [0-9]{{{length - 1}}}" : $"[1-9] [0-9]{{{length - 1},{MaxDigits - 1}}}";
                yield break;
            }
            foreach (var choice in SameLength(least, most)) yield return choice;
        }
    }

    // Numbers of equal length: up to the first digit that differs they agree; then the lowest digit's rest, those between, the highest's rest.
    private static IEnumerable<string> SameLength(string low, string high)
    {
        if (low == high)
        {
            yield return $"\"{low}\"";
            yield break;
        }
        var common = 0;
        while (low[common] == high[common]) common++;
        var prefix = common > 0 ? $"\"{low[..common]}\" " : "";
        var (from, to) = (low[common], high[common]);
        var (lowRest, highRest) = (low[(common + 1)..], high[(common + 1)..]);
        var rest = lowRest.Length;
        if (lowRest.Any(digit => digit != '0'))
        {
            foreach (var choice in SameLength(lowRest, new string('9', rest))) yield return $"{prefix}\"{from}\" {choice}";
            from++;
        }
        var top = highRest.All(digit => digit == '9') ? to : (char)(to - 1);
        if (from <= top)
            yield return $"{prefix}{(from == top ? $"\"{from}\"" : $"[{from}-{top}]")}{(rest == 0 ? "" : $" [0-9]{{{rest}}}")}";
        if (top != to)
            foreach (var choice in SameLength(new string('0', rest), highRest)) yield return $"{prefix}\"{to}\" {choice}";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
