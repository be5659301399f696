using System.Numerics;
using System.Text;

namespace Tutor.Core.Evidence;

/// <summary>Recursive descent over one literal.</summary>
internal sealed class PythonLiteralReader(string text)
{
    // CPython's own parser stops at 200 nested brackets; a test that needs 100 is a mistake.
    private const int DeepestNesting = 100;

    private int _at;
    private int _depth;

    public PyValue ReadAll()
    {
        SkipSpace();
        if (_at == text.Length) throw Wrong("there is no value; write None, a number, a string in quotes, a list, ...");

        var value = ReadValue();
        SkipSpace();
        if (_at < text.Length) throw Wrong($"'{Rest()}' follows a value that is already complete");
        return value;
    }

    private PyValue ReadValue()
    {
        SkipSpace();
        if (_at == text.Length) throw Wrong("the text ends where a value should stand");

        var c = text[_at];
        if (c is '[' or '(' or '{') return ReadBracketed();
        if (c is '+' or '-') return ReadSigned();
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) return PythonNumberReader.Read(text, ref _at);
        if (PythonStringReader.StartsAt(text, _at)) return ReadStrings();
        return ReadWord();
    }

    private PyValue ReadBracketed()
    {
        if (++_depth > DeepestNesting) throw Wrong($"more than {DeepestNesting} brackets inside one another");

        var open = text[_at++];
        PyValue value = open switch
        {
            '[' => new PyList(ReadItems(']', out _)),
            '(' => ReadTupleOrGroup(),
            _ => ReadSetOrDict(),
        };
        _depth--;
        return value;
    }

    private PyValue ReadTupleOrGroup()
    {
        var items = ReadItems(')', out var commas);
        return items.Count == 1 && commas == 0 ? items[0] : new PyTuple(items);
    }

    private List<PyValue> ReadItems(char close, out int commas)
    {
        var items = new List<PyValue>();
        commas = 0;
        while (!TryTake(close))
        {
            if (items.Count > commas) throw Wrong($"',' or '{close}' is missing");
            items.Add(ReadValue());
            if (TryTake(',')) commas++;
        }

        return items;
    }

    private PyValue ReadSetOrDict()
    {
        if (TryTake('}')) return new PyDict([]);

        var first = ReadValue();
        if (!TryTake(':')) return ReadSet(first);

        var order = new List<PyValue>();
        var values = new Dictionary<PyValue, PyValue>(PyEquality.Exact);
        var key = first;
        while (true)
        {
            RequireHashable(key, "a key of a dict");
            if (!values.ContainsKey(key)) order.Add(key);
            values[key] = ReadValue();
            var comma = TryTake(',');
            if (TryTake('}')) break;
            if (!comma) throw Wrong("',' or '}' is missing");
            key = ReadValue();
            if (!TryTake(':')) throw Wrong("':' is missing after the key");
        }

        return new PyDict([.. order.Select(k => KeyValuePair.Create(k, values[k]))]);
    }

    private PySet ReadSet(PyValue first)
    {
        var items = new List<PyValue>();
        var seen = new HashSet<PyValue>(PyEquality.Exact);
        var item = first;
        while (true)
        {
            RequireHashable(item, "in a set");
            if (seen.Add(item)) items.Add(item);
            var comma = TryTake(',');
            if (TryTake('}')) return new PySet(items);
            if (!comma) throw Wrong("',' or '}' is missing");
            item = ReadValue();
        }
    }

    private PyValue ReadSigned()
    {
        var negative = text[_at++] == '-';
        SkipSpace();
        var start = _at;
        return ReadValue() switch
        {
            PyInt number => negative ? new PyInt(BigInteger.Negate(number.Value)) : number,
            PyFloat number => negative ? new PyFloat(-number.Value) : number,
            _ => throw Wrong("a sign may only stand before a number", start),
        };
    }

    private PyValue ReadStrings()
    {
        var start = _at;
        var first = PythonStringReader.Read(text, ref _at);
        var joined = new StringBuilder(first.Text);
        for (SkipSpace(); PythonStringReader.StartsAt(text, _at); SkipSpace())
        {
            var next = PythonStringReader.Read(text, ref _at);
            if (next.IsBytes != first.IsBytes) throw Wrong("bytes and str stand side by side", start);
            joined.Append(next.Text);
        }

        return first.IsBytes ? new PyBytes(joined.ToString()) : new PyStr(joined.ToString());
    }

    private PyValue ReadWord()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_')) _at++;
        var word = text[start.._at];
        return word switch
        {
            "None" => PyNone.Instance,
            "True" => new PyBool(true),
            "False" => new PyBool(false),
            "inf" => new PyFloat(double.PositiveInfinity),
            "nan" => new PyFloat(double.NaN),
            "float" => ReadFloatCall(start),
            "Fraction" => ReadFraction(start),
            "Decimal" => ReadDecimal(start),
            "set" when TryTake('(') && TryTake(')') => new PySet([]),
            "set" => throw Wrong("only set() may be written with the word; other sets as {1, 2}", start),
            "" => throw Wrong($"'{Rest()}' cannot start a value", start),
            "none" or "null" or "true" or "false" => throw Wrong($"'{word}' is no Python value; write None, True or False", start),
            _ => throw Wrong($"'{word}' is a name, not a value; put quotes around it if a string is meant", start),
        };
    }

    private PyFloat ReadFloatCall(int start)
    {
        if (TryTake('(') && ReadValue() is PyStr said && TryTake(')'))
        {
            switch (said.Value.Trim().ToLowerInvariant())
            {
                case "inf" or "+inf" or "infinity" or "+infinity": return new PyFloat(double.PositiveInfinity);
                case "-inf" or "-infinity": return new PyFloat(double.NegativeInfinity);
                case "nan" or "+nan" or "-nan": return new PyFloat(double.NaN);
            }
        }

        throw Wrong("float may only be written as float('inf'), float('-inf') or float('nan')", start);
    }

    private PyFraction ReadFraction(int start)
    {
        if (TryTake('(') && ReadValue() is PyInt over && TryTake(',') && ReadValue() is PyInt { Value.Sign: > 0 } under && TryTake(')'))
        {
            var common = BigInteger.GreatestCommonDivisor(over.Value, under.Value);
            return new PyFraction(over.Value / common, under.Value / common);
        }

        throw Wrong("Fraction may only be written with two whole numbers, as in Fraction(1, 3)", start);
    }

    private PyDecimal ReadDecimal(int start) =>
        TryTake('(') && ReadValue() is PyStr said && TryTake(')') && PyNumber.ReadDecimal(said.Value) is { } number
            ? number
            : throw Wrong("Decimal may only be written with a number in quotes, as in Decimal('0.10')", start);

    private void RequireHashable(PyValue value, string place)
    {
        if (!PyEquality.IsHashable(value)) throw Wrong($"a list, set or dict cannot be {place}");
    }

    private bool TryTake(char wanted)
    {
        SkipSpace();
        if (Peek(0) != wanted) return false;
        _at++;
        return true;
    }

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private string Rest() => text.Length - _at > 20 ? string.Concat(text.AsSpan(_at, 20), "...") : text[_at..];

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n' or '\f') _at++;
    }

    private FormatException Wrong(string what, int? at = null) => At(at ?? _at, what);

    internal static FormatException At(int position, string what) => new($"column {position + 1}: {what}");
}
