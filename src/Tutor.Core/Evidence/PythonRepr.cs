using System.Globalization;
using System.Numerics;
using System.Text;

namespace Tutor.Core.Evidence;

/// <summary>Writes values as Python's <c>repr</c> does.</summary>
internal static class PythonRepr
{
    public static string Write(PyValue value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, PyValue value)
    {
        switch (value)
        {
            case PyNone: text.Append("None"); break;
            case PyBool { Value: var b }: text.Append(b ? "True" : "False"); break;
            case PyInt { Value: var n }: text.Append(n.ToString(CultureInfo.InvariantCulture)); break;
            case PyFloat { Value: var d }: text.Append(Float(d)); break;
            case PyFraction { Numerator: var n, Denominator: var d }: text.Append(CultureInfo.InvariantCulture, $"Fraction({n}, {d})"); break;
            case PyDecimal number: text.Append(CultureInfo.InvariantCulture, $"Decimal('{Decimal(number)}')"); break;
            case PyStr { Value: var s }: WriteQuoted(text, s, isBytes: false); break;
            case PyBytes { Latin1: var s }: WriteQuoted(text.Append('b'), s, isBytes: true); break;
            case PyList { Items: var items }: WriteItems(text, items, '[', ']'); break;
            case PyTuple { Items: [var only] }: Write(text.Append('('), only); text.Append(",)"); break;
            case PyTuple { Items: var items }: WriteItems(text, items, '(', ')'); break;
            case PySet { Items: [] }: text.Append("set()"); break;
            case PySet { Items: var items }: text.Append('{').AppendJoin(", ", InOrder(items)).Append('}'); break;
            case PyDict { Items: var items }: WriteDict(text, items); break;
            case PyObject { TypeName: var name }: text.Append('<').Append(name).Append('>'); break;
            default: throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name);
        }
    }

    private static void WriteItems(StringBuilder text, IReadOnlyList<PyValue> items, char open, char close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) text.Append(", ");
            Write(text, items[i]);
        }

        text.Append(close);
    }

    /// <summary>Numbers by size, then texts by letters, then the rest: a set has no order, and two of them are compared by eye.</summary>
    private static IEnumerable<string> InOrder(IReadOnlyList<PyValue> members) =>
        from member in members
        let number = member is PyFloat { Value: var d } ? d : PyNumber.ExactOf(member)?.ToDouble()
        let written = Write(member)
        orderby number is null, number, member is not PyStr, written
        select written;

    private static void WriteDict(StringBuilder text, IReadOnlyList<KeyValuePair<PyValue, PyValue>> items)
    {
        text.Append('{');
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) text.Append(", ");
            Write(text, items[i].Key);
            Write(text.Append(": "), items[i].Value);
        }

        text.Append('}');
    }

    /// <summary>Shortest digits that read back the same, in plain notation from 1e-4 up to 1e16 (CPython's float_repr_style 'short').</summary>
    private static string Float(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";

        // "E16" would round; "R" gives the shortest digits but its own choice of notation, so the digits are placed here.
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = shortest.StartsWith('-') ? "-" : "";
        var (digits, exponent) = DigitsOf(shortest.TrimStart('-'));
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        var padded = digits.PadRight(exponent + 2, '0');
        return $"{sign}{padded[..(exponent + 1)]}.{padded[(exponent + 1)..]}";
    }

    /// <summary>As Python's <c>str(Decimal)</c>: plain unless the exponent is above 0 or there would be six zeros after the point.</summary>
    private static string Decimal(PyDecimal number)
    {
        var sign = number.Digits.Sign < 0 ? "-" : "";
        var digits = BigInteger.Abs(number.Digits).ToString(CultureInfo.InvariantCulture);
        var point = digits.Length + number.Exponent;
        if (number.Exponent > 0 || point <= -6)
        {
            var power = point - 1;
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}E{(power < 0 ? '-' : '+')}{Math.Abs(power)}";
        }

        if (number.Exponent == 0) return sign + digits;
        return point > 0 ? $"{sign}{digits[..point]}.{digits[point..]}" : $"{sign}0.{new string('0', -point)}{digits}";
    }

    /// <summary>Significant digits, and the power of ten of the first of them.</summary>
    private static (string Digits, int Exponent) DigitsOf(string number)
    {
        var e = number.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(number.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? number : number[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = point < 0 ? mantissa : whole + mantissa[(point + 1)..];

        var digits = all.TrimStart('0');
        if (digits.Length == 0) return ("0", 0);
        return (digits.TrimEnd('0'), exponent + whole.Length - 1 - (all.Length - digits.Length));
    }

    private static void WriteQuoted(StringBuilder text, string content, bool isBytes)
    {
        var quote = content.Contains('\'', StringComparison.Ordinal) && !content.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        for (var i = 0; i < content.Length; i++)
        {
            var c = content[i];
            if (c == quote || c == '\\') text.Append('\\').Append(c);
            else if (c == '\n') text.Append("\\n");
            else if (c == '\r') text.Append("\\r");
            else if (c == '\t') text.Append("\\t");
            else if (c is >= ' ' and < '\x7f') text.Append(c);
            else if (isBytes || c < 0x20 || c == 0x7f) text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else i += WriteNonAscii(text, content, i);
        }

        text.Append(quote);
    }

    /// <returns>How many characters more than one were written.</returns>
    private static int WriteNonAscii(StringBuilder text, string content, int at)
    {
        var isPair = char.IsHighSurrogate(content[at]) && at + 1 < content.Length && char.IsLowSurrogate(content[at + 1]);
        var number = isPair ? char.ConvertToUtf32(content[at], content[at + 1]) : content[at];
        var category = isPair ? CharUnicodeInfo.GetUnicodeCategory(number) : CharUnicodeInfo.GetUnicodeCategory(content[at]);

        if (IsPrintable(category)) text.Append(content, at, isPair ? 2 : 1);
        else if (number > 0xFFFF) text.Append(CultureInfo.InvariantCulture, $"\\U{number:x8}");
        else if (number > 0xFF) text.Append(CultureInfo.InvariantCulture, $"\\u{number:x4}");
        else text.Append(CultureInfo.InvariantCulture, $"\\x{number:x2}");
        return isPair ? 1 : 0;
    }

    /// <summary>As <c>str.isprintable</c>: no control, format, surrogate, private, unassigned or separator characters.</summary>
    private static bool IsPrintable(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
