using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Tutor.Core.Evidence;

namespace Tutor.Sandbox.Results;

/// <summary>Reads a value as values.py's Encoder writes it: an array of a tag and its content.</summary>
internal static class ValueReader
{
    /// <exception cref="FormatException">Not written by the encoder.</exception>
    public static PyValue Read(JsonElement value)
    {
        var tag = value[0].GetString();
        return tag switch
        {
            "n" => PyNone.Instance,
            "b" => new PyBool(value[1].GetInt32() != 0),
            "i" => new PyInt(ReadInteger(value[1].GetString()!)),
            "f" => new PyFloat(ReadFloat(value[1].GetString()!)),
            "s" => new PyStr(value[1].GetString()!),
            "w" => new PyStr(ReadCodeUnits(value[1].GetString()!)),
            "y" => new PyBytes(value[1].GetString()!),
            "l" => new PyList(ReadItems(value[1])),
            "t" => new PyTuple(ReadItems(value[1])),
            "e" => new PySet(ReadItems(value[1])),
            "d" => new PyDict([.. value[1].EnumerateArray().Select(pair => KeyValuePair.Create(Read(pair[0]), Read(pair[1])))]),
            "o" => new PyObject(value[1].GetString()!),
            _ => throw new FormatException($"A value has the unknown tag '{tag}'."),
        };
    }

    private static List<PyValue> ReadItems(JsonElement items) => [.. items.EnumerateArray().Select(Read)];

    private static BigInteger ReadInteger(string hex)
    {
        var isNegative = hex.StartsWith('-');
        // The zero in front keeps a leading digit above 7 from being read as a sign.
        var size = BigInteger.Parse("0" + (isNegative ? hex[1..] : hex), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return isNegative ? -size : size;
    }

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
