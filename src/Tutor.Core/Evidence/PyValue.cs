using System.Numerics;

namespace Tutor.Core.Evidence;

/// <summary>A Python value of built-in type, as it left the sandbox or as a test's literal says it.</summary>
/// <remarks>A value of a subclass appears as what it holds: a defaultdict as a dict, a member of an IntEnum as its number. What a class
/// says of itself, by <c>__eq__</c> above all, never counts.</remarks>
public abstract record PyValue;

public sealed record PyNone : PyValue { public static PyNone Instance { get; } = new(); }
public sealed record PyBool(bool Value) : PyValue;
public sealed record PyInt(BigInteger Value) : PyValue;
public sealed record PyFloat(double Value) : PyValue;

/// <summary>A <c>fractions.Fraction</c> in lowest terms.</summary>
/// <param name="Denominator">Above 0.</param>
public sealed record PyFraction(BigInteger Numerator, BigInteger Denominator) : PyValue;

/// <summary>A finite <c>decimal.Decimal</c>: digits times a power of ten, so that 0.20 is not shown as 0.2.</summary>
/// <param name="Exponent">From <see cref="PyNumber.MostExponent"/> below zero to as much above.</param>
public sealed record PyDecimal(BigInteger Digits, int Exponent) : PyValue;
public sealed record PyStr(string Value) : PyValue;
public sealed record PyBytes(string Latin1) : PyValue;
public sealed record PyList(IReadOnlyList<PyValue> Items) : PyValue;
public sealed record PyTuple(IReadOnlyList<PyValue> Items) : PyValue;
public sealed record PySet(IReadOnlyList<PyValue> Items) : PyValue;
public sealed record PyDict(IReadOnlyList<KeyValuePair<PyValue, PyValue>> Items) : PyValue;

/// <summary>Any other type; carries only its name.</summary>
public sealed record PyObject(string TypeName) : PyValue;
