using System.Numerics;

namespace Tutor.Core.Evidence.Trust;

/// <summary>What stands where in the inputs of an exercise's tests, and new values of the same kind.</summary>
/// <remarks>A place is a path: the second argument, an item of it, the value of a key. New values mix what was seen at the place, so that
/// they stay what the task speaks of: numbers between the smallest and the largest, words made of words, lists in order where all were.</remarks>
internal sealed class InputPool(Random random)
{
    private readonly Dictionary<string, List<PyValue>> seen = [];

    public void Add(string place, PyValue value)
    {
        if (!seen.TryGetValue(place, out var values)) seen[place] = values = [];
        values.Add(value);
        foreach (var (inner, part) in PartsOf(place, value)) Add(inner, part);
    }

    /// <param name="like">The value that stood there; nested values keep their size, so that rows of a table stay as long as each other.</param>
    /// <param name="length">Of a list; null keeps it.</param>
    public PyValue Draw(string place, PyValue like, int? length = null) => like switch
    {
        PyBool => new PyBool(random.Next(2) == 0),
        PyInt number => DrawWhole(place, number),
        PyFloat number => DrawFloat(place, number),
        PyStr text => DrawText(place, text),
        PyList list => new PyList(InSeenOrder(place, DrawItems(place, list.Items, length))),
        PySet set => new PySet([.. DrawItems(place, set.Items, length).Distinct(PyEquality.Exact)]),
        PyTuple tuple => new PyTuple([.. tuple.Items.Select((item, i) => Draw($"{place}.{i}", item))]),
        PyDict dict => new PyDict([.. dict.Items.Select(entry => KeyValuePair.Create(entry.Key, Draw($"{place}:", entry.Value)))]),
        _ => like,
    };

    /// <summary>A length between those of the lists seen at the place, or one more.</summary>
    public int DrawLength(string place)
    {
        var lengths = seen[place].OfType<PyList>().Select(list => list.Items.Count).ToList();
        return random.Next(lengths.Min(), lengths.Max() + 2);
    }

    private static IEnumerable<(string Place, PyValue Part)> PartsOf(string place, PyValue value) => value switch
    {
        PyList list => list.Items.Select(item => ($"{place}[]", item)),
        PySet set => set.Items.Select(item => ($"{place}[]", item)),
        PyTuple tuple => tuple.Items.Select((item, i) => ($"{place}.{i}", item)),
        PyDict dict => dict.Items.Select(entry => ($"{place}:", entry.Value)),
        _ => [],
    };

    private List<PyValue> DrawItems(string place, IReadOnlyList<PyValue> like, int? length)
    {
        var inner = $"{place}[]";
        return seen.TryGetValue(inner, out var known) ? [.. Enumerable.Range(0, length ?? like.Count).Select(_ => Draw(inner, Any(known)))] : [];
    }

    private PyInt DrawWhole(string place, PyInt like)
    {
        var known = seen[place].OfType<PyInt>().Select(n => n.Value).ToList();
        var (least, most) = (known.Min(), known.Max());
        // One number says no range: stay on its side of zero and near it.
        if (least == most) (least, most) = (like.Value - (BigInteger.Abs(like.Value) / 2), like.Value + BigInteger.Max(3, BigInteger.Abs(like.Value) / 2));
        return random.Next(3) == 0 ? new(Any(known)) : new(least + (((most - least + 1) * random.Next()) >> 31));
    }

    private PyFloat DrawFloat(string place, PyFloat like)
    {
        var known = seen[place].OfType<PyFloat>().Select(n => n.Value).Where(double.IsFinite).DefaultIfEmpty(like.Value).ToList();
        var (least, most) = (known.Min(), known.Max());
        if (least == most) (least, most) = (like.Value / 2, like.Value * 1.5);
        return random.Next(3) == 0 ? new(Any(known)) : new(Math.Round(least + (random.NextDouble() * (most - least)), 2));
    }

    private PyStr DrawText(string place, PyStr like)
    {
        var known = seen[place].OfType<PyStr>().Select(text => text.Value).ToList();
        var words = known.SelectMany(text => text.Split(' ')).Where(word => word.Length > 0).ToList();
        if (like.Value.Contains(' ') && words.Count > 1) return new(string.Join(' ', like.Value.Split(' ').Select(word => word.Length == 0 ? word : Any(words))));
        if (random.Next(3) == 0) return new(Any(known));

        // Letters for letters and digits for digits, as they occur there: a date stays shaped like a date.
        var letters = string.Concat(known);
        return new(string.Concat(like.Value.Select(c => char.IsLetterOrDigit(c) && letters.Where(other => SameClass(c, other)).ToList() is { Count: > 0 } others ? Any(others) : c)));
    }

    private static bool SameClass(char a, char b) => char.IsDigit(a) == char.IsDigit(b) && char.IsLetter(a) == char.IsLetter(b) && char.IsUpper(a) == char.IsUpper(b);

    private List<PyValue> InSeenOrder(string place, List<PyValue> items)
    {
        var numbers = items.Select(NumberOf).ToList();
        if (numbers.Contains(null) || !seen[place].OfType<PyList>().All(IsAscending)) return items;
        return [.. items.OrderBy(NumberOf)];
    }

    private static bool IsAscending(PyList list)
    {
        var numbers = list.Items.Select(NumberOf).ToList();
        return numbers.Zip(numbers.Skip(1)).All(pair => pair.First <= pair.Second);
    }

    private static double? NumberOf(PyValue value) => value is PyFloat { Value: var number } ? number : PyNumber.ExactOf(value)?.ToDouble();

    private T Any<T>(List<T> items) => items[random.Next(items.Count)];
}
