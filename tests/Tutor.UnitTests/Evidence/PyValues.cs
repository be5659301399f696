using System.Numerics;
using CsCheck;
using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Evidence;

/// <summary>Generators of Python values: nested, with the characters and numbers that printing gets wrong.</summary>
internal static class PyValues
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 8],
        Gen.String[Gen.OneOf('\'', '"', '\\', '\n', '\r', '\t', '\0', '\x7f', '\xa0', 'é', 'ß', '日', '\u200b', '\u2028', '\ud800', '\ufeff'), 0, 6],
        Gen.OneOf("", "it's", "\"both' kinds\"", "😀", "None", "\\n"));

    private static readonly Gen<double> Floats = Gen.OneOf(
        Gen.Double.Where(double.IsFinite),
        Gen.Double[-1e6, 1e6].Select(d => Math.Round(d, 3)),
        Gen.OneOf(0.0, -0.0, 1.0, 0.1, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 5e-324, double.MaxValue, 9007199254740993.0, double.PositiveInfinity, double.NegativeInfinity));

    private static readonly Gen<PyValue> Hashable = Gen.OneOf(
        Gen.Const<PyValue>(PyNone.Instance),
        Gen.Bool.Select(b => (PyValue)new PyBool(b)),
        Gen.Int[-3, 3].Select(n => (PyValue)new PyInt(n)),
        Gen.Select(Gen.Long, Gen.Long).Select((a, b) => (PyValue)new PyInt((BigInteger)a * b)),
        Floats.Select(d => (PyValue)new PyFloat(d)),
        Gen.Int[-3, 3].Select(n => (PyValue)new PyFloat(n)),
        Texts.Select(s => (PyValue)new PyStr(s)),
        Gen.String[Gen.Char['\0', '\xff'], 0, 6].Select(s => (PyValue)new PyBytes(s)));

    public static Gen<PyValue> Any { get; } = OfDepth(3);

    private static Gen<PyValue> OfDepth(int depth)
    {
        if (depth == 0) return Hashable;

        var inner = OfDepth(depth - 1);
        var keys = Gen.OneOf(Hashable, Hashable.Array[0, 2].Select(items => (PyValue)new PyTuple(items)));
        return Gen.OneOf(
            Hashable,
            inner.Array[0, 3].Select(items => (PyValue)new PyList(items)),
            inner.Array[0, 3].Select(items => (PyValue)new PyTuple(items)),
            keys.Array[0, 3].Select(items => (PyValue)new PySet([.. items.Distinct(PyEquality.Exact)])),
            Gen.Select(keys, inner).Array[0, 3].Select(items => (PyValue)new PyDict(
                [.. items.DistinctBy(e => e.Item1, PyEquality.Exact).Select(e => KeyValuePair.Create(e.Item1, e.Item2))])));
    }
}
