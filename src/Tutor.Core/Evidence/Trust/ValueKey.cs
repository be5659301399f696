using System.Globalization;
using System.Text;

namespace Tutor.Core.Evidence.Trust;

/// <summary>One text for values that a table of answers may write in several ways: a list as a tuple, 1 as 1.0, a set in any order.</summary>
internal static class ValueKey
{
    private const int LeastText = 3;

    public static string Of(PyValue value)
    {
        var key = new StringBuilder();
        Write(key, value);
        return key.ToString();
    }

    /// <summary>Whether a program that holds the value has hardly got it by chance: no small number, no empty list.</summary>
    public static bool IsTelling(PyValue value) => value switch
    {
        PyStr text => text.Value.Length >= LeastText,
        PyBytes bytes => bytes.Latin1.Length >= LeastText,
        PyList list => IsTelling(list.Items),
        PyTuple tuple => IsTelling(tuple.Items),
        PySet set => IsTelling(set.Items),
        PyDict dict => dict.Items.Count > 0,
        PyNone or PyBool or PyObject => false,
        _ => Of(value).TrimStart('-').Length >= LeastText,
    };

    /// <summary>A value and all that it holds.</summary>
    public static IEnumerable<PyValue> AllIn(PyValue value)
    {
        var parts = value switch
        {
            PyList list => list.Items,
            PyTuple tuple => tuple.Items,
            PySet set => set.Items,
            PyDict dict => dict.Items.SelectMany(entry => new[] { entry.Key, entry.Value }),
            _ => [],
        };
        return parts.SelectMany(AllIn).Prepend(value);
    }

    private static bool IsTelling(IReadOnlyList<PyValue> items) => items.Count > 1 || items.Any(IsTelling);

    private static void Write(StringBuilder key, PyValue value)
    {
        switch (value)
        {
            case PyList { Items: var items }: WriteAll(key, '[', items.Select(Of)); break;
            case PyTuple { Items: var items }: WriteAll(key, '[', items.Select(Of)); break;
            case PySet { Items: var items }: WriteAll(key, '{', items.Select(Of).Order(StringComparer.Ordinal)); break;
            case PyDict { Items: var items }: WriteAll(key, '{', items.Select(entry => $"{Of(entry.Key)}:{Of(entry.Value)}").Order(StringComparer.Ordinal)); break;
            case PyFloat { Value: var number }: key.Append(number.ToString("R", CultureInfo.InvariantCulture)); break;
            case PyStr { Value: var text }: key.Append('\'').Append(text).Append('\''); break;
            default: key.Append(PyNumber.ExactOf(value) is { Whole: { } whole } ? whole.ToString(CultureInfo.InvariantCulture) : PythonLiteral.Format(value)); break;
        }
    }

    private static void WriteAll(StringBuilder key, char open, IEnumerable<string> parts) => key.Append(open).AppendJoin(',', parts).Append(open == '[' ? ']' : '}');
}
