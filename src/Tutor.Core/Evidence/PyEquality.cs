using System.Numerics;

namespace Tutor.Core.Evidence;

/// <summary>Python's <c>==</c> between values of built-in types, with an optional tolerance between floats.</summary>
/// <remarks>
/// As in Python <c>1 == 1.0 == True</c>, a list never equals a tuple, and sets and dicts have no order. Unlike Python, <c>nan</c>
/// equals <c>nan</c>: a test that expects nan could never pass otherwise. A Fraction or Decimal equals the float that is nearest to it,
/// as a test's author who writes 0.2 means a fifth. A <see cref="PyObject"/> equals nothing, not even itself.
/// </remarks>
public static class PyEquality
{
    /// <summary>Equality without tolerance, with hashes to match: what keys of dicts and members of sets go by.</summary>
    public static IEqualityComparer<PyValue> Exact { get; } = new ExactComparer();

    /// <param name="tolerance">Largest absolute difference accepted where at least one of two numbers may have a fraction; 0 is exact.</param>
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

    private static bool AreEqualNumbers(PyValue left, PyValue right, double tolerance) => (left, right) switch
    {
        (PyFloat x, PyFloat y) => x.Value.Equals(y.Value) || x.Value == y.Value || Math.Abs(x.Value - y.Value) <= tolerance,
        (PyFloat x, _) => PyNumber.ExactOf(right) is { } n && AreEqual(x.Value, n, tolerance),
        (_, PyFloat y) => PyNumber.ExactOf(left) is { } n && AreEqual(y.Value, n, tolerance),
        _ => PyNumber.ExactOf(left) is { } a && PyNumber.ExactOf(right) is { } b && (a.EqualsExactly(b) || AreNear(a, b, tolerance)),
    };

    // Python compares an int with a float exactly: 2**53 + 1 != float(2**53).
    private static bool AreEqual(double x, PyNumber n, double tolerance) =>
        double.IsFinite(x) && ((n.Whole is { } whole ? Math.Floor(x) == x && new BigInteger(x) == whole : n.ToDouble() == x) || (tolerance > 0 && Math.Abs(x - n.ToDouble()) <= tolerance));

    private static bool AreNear(PyNumber a, PyNumber b, double tolerance) =>
        tolerance > 0 && (a.Whole is null || b.Whole is null) && Math.Abs(a.ToDouble() - b.ToDouble()) <= tolerance;

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
            PyInt or PyBool or PyFraction or PyDecimal => PyNumber.ExactOf(value)!.Value is var number && number.Whole is { } whole ? whole.GetHashCode() : number.ToDouble().GetHashCode(),
            PyFloat { Value: var d } => double.IsFinite(d) && Math.Floor(d) == d ? new BigInteger(d).GetHashCode() : d.GetHashCode(),
            PyStr { Value: var s } => s.GetHashCode(StringComparison.Ordinal),
            PyBytes { Latin1: var s } => s.GetHashCode(StringComparison.Ordinal) + 1,
            PyTuple { Items: var items } => items.Aggregate(items.Count, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
            _ => value.GetType().GetHashCode(),
        };
    }
}
