using System.Text;
using Tutor.Core.Courses;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Evidence.Trust;

/// <summary>Draws calls that no test makes, of the kind that the tests make.</summary>
internal static class FreshCalls
{
    private const int TriesForEach = 8;

    /// <param name="seed">The same seed draws the same calls.</param>
    /// <returns>At most <paramref name="count"/>, fewer where the tests' inputs leave little to vary.</returns>
    public static IReadOnlyList<string> Draw(TestSuite suite, int count, int seed)
    {
        var random = new Random(seed);
        var pool = new InputPool(random);
        var patterns = suite.Cases.Where(test => test.Raises is null)
            .Select(test => (test.Call, Literals: (IReadOnlyList<SourceLiteral>)[.. SourceLiteral.In(test.Call, PythonLexer.Read(test.Call))]))
            .Where(pattern => pattern.Literals.Count > 0).ToList();
        foreach (var (_, literals) in patterns)
        {
            foreach (var (at, literal) in literals.Index()) pool.Add(PlaceOf(literals, at), literal.Value);
        }

        var known = suite.Cases.Select(test => test.Call).ToHashSet();
        var drawn = new List<string>();
        for (var tries = 0; patterns.Count > 0 && drawn.Count < count && tries < count * TriesForEach; tries++)
        {
            var (call, literals) = patterns[random.Next(patterns.Count)];
            if (Vary(call, literals, pool) is var varied && known.Add(varied)) drawn.Add(varied);
        }

        return drawn;
    }

    // Calls with another number of arguments are of another kind.
    private static string PlaceOf(IReadOnlyList<SourceLiteral> literals, int at) => $"{at}/{literals.Count}";

    private static string Vary(string call, IReadOnlyList<SourceLiteral> literals, InputPool pool)
    {
        var varied = new StringBuilder();
        var lengths = new Dictionary<int, int>();
        var from = 0;
        foreach (var (at, literal) in literals.Index())
        {
            var place = PlaceOf(literals, at);
            int? length = null;
            if (literal.Value is PyList { Items.Count: var size })
            {
                // Lists that were as long as each other stay so: they may belong together.
                if (!lengths.TryGetValue(size, out var same)) lengths[size] = same = pool.DrawLength(place);
                length = same;
            }

            varied.Append(call, from, literal.Start - from).Append(PythonLiteral.Format(pool.Draw(place, literal.Value, length)));
            from = literal.Start + literal.Length;
        }

        return varied.Append(call, from, call.Length - from).ToString();
    }
}
