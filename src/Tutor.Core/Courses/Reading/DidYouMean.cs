namespace Tutor.Core.Courses.Reading;

/// <summary>Finds the word an author probably meant.</summary>
internal static class DidYouMean
{
    /// <returns>The nearest known word when it differs by at most a quarter of its letters; else null.</returns>
    public static string? Find(string written, IEnumerable<string> known) =>
        known.Select(word => (Word: word, Distance: Distance(written.ToLowerInvariant(), word)))
            .Where(c => c.Distance <= Math.Max(1, c.Word.Length / 4))
            .OrderBy(c => c.Distance)
            .Select(c => c.Word)
            .FirstOrDefault();

    /// <summary>A fix that names the likely word, or lists all of them.</summary>
    public static string Advise(string written, IReadOnlyCollection<string> known) =>
        Find(written, known) is { } near ? $"Did you mean '{near}'?" : $"Known here: {string.Join(", ", known)}.";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
