using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Tutor.Core.Evidence;

namespace Tutor.Sandbox.Results;

/// <summary>Reads a value as values.py's Encoder writes it: an array of a tag and its content.</summary>
/// <remarks>The encoder's limits hold here too: a line may be forged, and what it does not write is not read.</remarks>
internal static class ValueReader
{
    // As in values.py; texts in UTF-16 code units, of which a character of Python's may need two.
    private const int LongestText = 8000;
    private const int LongestName = 200;
    private const int LongestFloat = 40;
    private const int MostHexDigits = 4001;
    private const int MostItems = 2000;
    private const int Deepest = 8;

    /// <exception cref="FormatException">Not written by the encoder.</exception>
    public static PyValue Read(JsonElement value) => Read(value, 0);

    private static PyValue Read(JsonElement value, int depth)
    {
        var tag = value[0].GetString();
        return tag switch
        {
            "n" => PyNone.Instance,
            "b" => new PyBool(value[1].GetInt32() != 0),
            "i" => new PyInt(ReadInteger(TextOf(value[1], MostHexDigits))),
            "f" => new PyFloat(ReadFloat(TextOf(value[1], LongestFloat))),
            "q" => ReadFraction(ReadInteger(TextOf(value[1], MostHexDigits)), ReadInteger(TextOf(value[2], MostHexDigits))),
            "m" => ReadDecimal(TextOf(value[1], LongestText)),
            "s" => new PyStr(TextOf(value[1], LongestText)),
            "w" => new PyStr(ReadCodeUnits(TextOf(value[1], 4 * LongestText))),
            "y" => new PyBytes(TextOf(value[1], LongestText)),
            "l" => new PyList(ReadItems(value[1], depth)),
            "t" => new PyTuple(ReadItems(value[1], depth)),
            "e" => new PySet(ReadItems(value[1], depth)),
            "d" => new PyDict([.. ItemsOf(value[1], depth).Select(pair => KeyValuePair.Create(Read(pair[0], depth + 1), Read(pair[1], depth + 1)))]),
            "o" => new PyObject(TextOf(value[1], LongestName)),
            _ => throw new FormatException($"A value has the unknown tag '{tag}'."),
        };
    }

    private static List<PyValue> ReadItems(JsonElement items, int depth) => [.. ItemsOf(items, depth).Select(item => Read(item, depth + 1))];

    private static JsonElement.ArrayEnumerator ItemsOf(JsonElement items, int depth) => depth < Deepest && items.GetArrayLength() <= MostItems
        ? items.EnumerateArray()
        : throw new FormatException("A value is deeper or has more items than the encoder writes.");

    private static string TextOf(JsonElement text, int longest) =>
        text.GetString() is { } value && value.Length <= longest ? value : throw new FormatException("A text is missing, or longer than the encoder writes it.");

    private static BigInteger ReadInteger(string hex)
    {
        var isNegative = hex.StartsWith('-');
        // The zero in front keeps a leading digit above 7 from being read as a sign.
        var size = BigInteger.Parse("0" + (isNegative ? hex[1..] : hex), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return isNegative ? -size : size;
    }

    private static PyFraction ReadFraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign <= 0)
            throw new FormatException("A fraction has a denominator below 1.");
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new PyFraction(numerator / common, denominator / common);
    }

    private static PyValue ReadDecimal(string text) => text switch
    {
        "Infinity" => new PyFloat(double.PositiveInfinity),
        "-Infinity" => new PyFloat(double.NegativeInfinity),
        "NaN" or "-NaN" or "sNaN" or "-sNaN" => new PyFloat(double.NaN),
        _ => PyNumber.ReadDecimal(text) is { } number ? number : new PyObject("Decimal (too large)"),
    };

    private static double ReadFloat(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>UTF-16 as hexadecimal digits: strings with lone surrogates, which JSON text cannot hold.</summary>
    private static string ReadCodeUnits(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        var text = new StringBuilder(bytes.Length / 2);
        for (var at = 0; at + 1 < bytes.Length; at += 2)
            text.Append((char)(bytes[at] | bytes[at + 1] << 8));
        return text.ToString();
    }
}
