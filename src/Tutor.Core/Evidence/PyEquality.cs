using System.Numerics;

namespace Tutor.Core.Evidence;

/// <summary>Python's <c>==</c> between values of exact built-in types, with an optional tolerance between floats.</summary>
/// <remarks>
/// As in Python <c>1 == 1.0 == True</c>, a list never equals a tuple, and sets and dicts have no order. Unlike Python, <c>nan</c>
/// equals <c>nan</c>: a test that expects nan could never pass otherwise. A <see cref="PyObject"/> equals nothing, not even itself.
/// </remarks>
public static class PyEquality
{
    /// <summary>Equality without tolerance, with hashes to match: what keys of dicts and members of sets go by.</summary>
    public static IEqualityComparer<PyValue> Exact { get; } = new ExactComparer();

    /// <param name="tolerance">Largest absolute difference accepted where at least one of two numbers is a float; 0 is exact.</param>
    public static bool AreEqual(PyValue left, PyValue right, double tolerance = 0) => (left, right) switch
    {
        (PyNone, PyNone) => true,
        (PyStr a, PyStr b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal),
        (PyBytes a, PyBytes b) => string.Equals(a.Latin1, b.Latin1, StringComparison.Ordinal),
        (PyList a, PyList b) => AllEqual(a.Items, b.Items, tolerance),
        (PyTuple a, PyTuple b) => AllEqual(a.Items, b.Items, tolerance),
        (PySet a, PySet b) => SameMembers(a.Items, b.Items, tolerance),
        (PyDict a, PyDict b) => SameEntries(a.Items, b.Items, tolerance),
        _ => AreEqualNumbers(left, right, tolerance),
    };

    /// <summary>Whether Python would take the value as a key: no list, set or dict in it.</summary>
    public static bool IsHashable(PyValue value) => value switch
    {
        PyList or PySet or PyDict => false,
        PyTuple tuple => tuple.Items.All(IsHashable),
        _ => true,
    };

    private static bool AreEqualNumbers(PyValue left, PyValue right, double tolerance)
    {
        if (WholeOf(left) is { } a && WholeOf(right) is { } b) return a == b;
        return (left, right) switch
        {
            (PyFloat x, PyFloat y) => x.Value.Equals(y.Value) || x.Value == y.Value || Math.Abs(x.Value - y.Value) <= tolerance,
            (PyFloat x, _) when WholeOf(right) is { } n => AreEqual(x.Value, n, tolerance),
            (_, PyFloat y) when WholeOf(left) is { } n => AreEqual(y.Value, n, tolerance),
            _ => false,
        };
    }

    // Python compares an int with a float exactly: 2**53 + 1 != float(2**53).
    private static bool AreEqual(double x, BigInteger n, double tolerance) =>
        double.IsFinite(x) && ((Math.Floor(x) == x && new BigInteger(x) == n) || (tolerance > 0 && Math.Abs(x - (double)n) <= tolerance));

    private static BigInteger? WholeOf(PyValue value) => value switch
    {
        PyInt number => number.Value,
        PyBool truth => truth.Value ? BigInteger.One : BigInteger.Zero,
        _ => null,
    };

    private static bool AllEqual(IReadOnlyList<PyValue> left, IReadOnlyList<PyValue> right, double tolerance)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i], tolerance)) return false;
        }

        return true;
    }

    private static bool SameMembers(IReadOnlyList<PyValue> left, IReadOnlyList<PyValue> right, double tolerance)
    {
        if (left.Count != right.Count) return false;

        var missing = new HashSet<PyValue>(right, Exact);
        var near = left.Where(item => !missing.Remove(item)).ToList();
        if (near.Count == 0 || tolerance <= 0) return near.Count == 0;
        return PairUp(near, [.. missing], (a, b) => AreEqual(a, b, tolerance));
    }

    private static bool SameEntries(IReadOnlyList<KeyValuePair<PyValue, PyValue>> left, IReadOnlyList<KeyValuePair<PyValue, PyValue>> right, double tolerance)
    {
        if (left.Count != right.Count) return false;

        // Not the copying constructor: a dict may hold two nan keys, which are one key here.
        var missing = new Dictionary<PyValue, PyValue>(Exact);
        foreach (var entry in right) missing[entry.Key] = entry.Value;
        var near = new List<KeyValuePair<PyValue, PyValue>>();
        foreach (var entry in left)
        {
            if (!missing.Remove(entry.Key, out var value)) near.Add(entry);
            else if (!AreEqual(entry.Value, value, tolerance)) return false;
        }

        if (near.Count == 0 || tolerance <= 0) return near.Count == 0;
        return PairUp(near, [.. missing], (a, b) => AreEqual(a.Key, b.Key, tolerance) && AreEqual(a.Value, b.Value, tolerance));
    }

    // First come, first paired: enough where members lie further apart than the tolerance, as they do in any sensible test.
    private static bool PairUp<T>(List<T> left, List<T> right, Func<T, T, bool> match)
    {
        foreach (var item in left)
        {
            var at = right.FindIndex(other => match(item, other));
            if (at < 0) return false;
            right.RemoveAt(at);
        }

        return right.Count == 0;
    }

    private sealed class ExactComparer : IEqualityComparer<PyValue>
    {
        public bool Equals(PyValue? x, PyValue? y) => x is null || y is null ? ReferenceEquals(x, y) : AreEqual(x, y);

        public int GetHashCode(PyValue value) => value switch
        {
            PyInt or PyBool => WholeOf(value)!.Value.GetHashCode(),
            PyFloat { Value: var d } => double.IsFinite(d) && Math.Floor(d) == d ? new BigInteger(d).GetHashCode() : d.GetHashCode(),
            PyStr { Value: var s } => s.GetHashCode(StringComparison.Ordinal),
            PyBytes { Latin1: var s } => s.GetHashCode(StringComparison.Ordinal) + 1,
            PyTuple { Items: var items } => items.Aggregate(items.Count, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
            _ => value.GetType().GetHashCode(),
        };
    }
}
