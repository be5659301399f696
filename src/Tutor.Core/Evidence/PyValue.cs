using System.Numerics;

namespace Tutor.Core.Evidence;

/// <summary>A Python value of exact built-in type, as it left the sandbox or as a test's literal says it.</summary>
/// <remarks>Subclasses never appear: the sandbox reports them as <see cref="PyObject"/>, so a class that overrides <c>__eq__</c> equals nothing.</remarks>
public abstract record PyValue;

public sealed record PyNone : PyValue { public static PyNone Instance { get; } = new(); }
public sealed record PyBool(bool Value) : PyValue;
public sealed record PyInt(BigInteger Value) : PyValue;
public sealed record PyFloat(double Value) : PyValue;
public sealed record PyStr(string Value) : PyValue;
public sealed record PyBytes(string Latin1) : PyValue;
public sealed record PyList(IReadOnlyList<PyValue> Items) : PyValue;
public sealed record PyTuple(IReadOnlyList<PyValue> Items) : PyValue;
public sealed record PySet(IReadOnlyList<PyValue> Items) : PyValue;
public sealed record PyDict(IReadOnlyList<KeyValuePair<PyValue, PyValue>> Items) : PyValue;

/// <summary>Any other type; carries only its name.</summary>
public sealed record PyObject(string TypeName) : PyValue;
