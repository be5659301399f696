using System.Globalization;
using System.Numerics;

namespace Tutor.Core.Evidence;

/// <summary>Reads Python's integer and float literals (language reference 2.4.5 and 2.4.6).</summary>
internal static class PythonNumberReader
{
    public static PyValue Read(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.' || IsExponentSign(text, start, at))) at++;
        var said = text[start..at];

        if (said[0] == '0' && said.Length > 1 && char.ToLowerInvariant(said[1]) is 'x' or 'o' or 'b') return ReadRadix(said, start);
        if (said[^1] is 'j' or 'J') throw PythonLiteralReader.At(start, "complex numbers cannot be compared; return a tuple of floats");
        if (!HasGoodUnderscores(said)) throw PythonLiteralReader.At(start, $"'{said}' is no number: '_' may only stand between two digits");

        var plain = said.Replace("_", "", StringComparison.Ordinal);
        if (plain.All(char.IsAsciiDigit))
        {
            return plain[0] == '0' && plain.Any(c => c != '0')
                ? throw PythonLiteralReader.At(start, $"'{said}' starts with 0, which Python does not allow")
                : new PyInt(BigInteger.Parse(plain, CultureInfo.InvariantCulture));
        }

        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(plain, style, CultureInfo.InvariantCulture, out var number)
            ? new PyFloat(number)
            : throw PythonLiteralReader.At(start, $"'{said}' is no number");
    }

    private static bool IsExponentSign(string text, int start, int at) =>
        text[at] is '+' or '-' && at > start && text[at - 1] is 'e' or 'E' && text[start..at].All(c => char.IsAsciiDigit(c) || c is '.' or '_' or 'e' or 'E');

    private static bool HasGoodUnderscores(string said)
    {
        for (var i = 0; i < said.Length; i++)
        {
            if (said[i] != '_') continue;
            if (i == 0 || i == said.Length - 1 || !char.IsAsciiDigit(said[i - 1]) || !char.IsAsciiDigit(said[i + 1])) return false;
        }

        return true;
    }

    private static PyInt ReadRadix(string said, int start)
    {
        var radix = char.ToLowerInvariant(said[1]) switch { 'x' => 16, 'o' => 8, _ => 2 };
        var value = BigInteger.Zero;
        var afterUnderscore = false;
        foreach (var c in said.AsSpan(2))
        {
            // 0x_ff is allowed, 0xff_ and 0xf__f are not.
            if (c == '_' && !afterUnderscore)
            {
                afterUnderscore = true;
                continue;
            }

            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix) throw PythonLiteralReader.At(start, $"'{said}' is no number");
            value = (value * radix) + digit;
            afterUnderscore = false;
        }

        return afterUnderscore || said.Length == 2 ? throw PythonLiteralReader.At(start, $"'{said}' is no number") : new PyInt(value);
    }
}
