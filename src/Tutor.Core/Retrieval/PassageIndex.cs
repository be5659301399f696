using System.Runtime.InteropServices;

namespace Tutor.Core.Retrieval;

/// <summary>An inverted index over passages, ranked by BM25.</summary>
/// <remarks>Robertson &amp; Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", with k1 = 1.2, b = 0.75 and the
/// idf that is never negative, ln(1 + (N - n + 0.5) / (n + 0.5)). A heading counts as part of the text, twice.</remarks>
public sealed class PassageIndex
{
    private const double K1 = 1.2, B = 0.75;

    private readonly Dictionary<string, List<(int Passage, int Count)>> wordPostings = [];
    private readonly double[] lengthNorms;

    public PassageIndex(IReadOnlyList<Passage> passages)
    {
        Passages = passages;
        var lengths = new int[passages.Count];
        for (var i = 0; i < passages.Count; i++) lengths[i] = Add(i, passages[i]);

        var average = Math.Max(1, lengths.DefaultIfEmpty(0).Average());
        lengthNorms = [.. lengths.Select(l => K1 * (1 - B + (B * l / average)))];
    }

    public IReadOnlyList<Passage> Passages { get; }

    /// <summary>Whether any passage holds the word, as <see cref="SearchWords"/> writes it.</summary>
    public bool Knows(string word) => wordPostings.ContainsKey(word);

    /// <returns>Passages that share a word with the query, best first; equal scores in the passages' own order.</returns>
    public IReadOnlyList<RankedPassage> Search(string query)
    {
        var scores = new double[Passages.Count];
        foreach (var word in SearchWords.Of(query).GroupBy(w => w))
        {
            if (!wordPostings.TryGetValue(word.Key, out var postings)) continue;

            var idf = Math.Log(1 + ((Passages.Count - postings.Count + 0.5) / (postings.Count + 0.5)));
            foreach (var (passage, count) in postings)
            {
                scores[passage] += word.Count() * idf * count * (K1 + 1) / (count + lengthNorms[passage]);
            }
        }

        return [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] > 0).OrderByDescending(i => scores[i]).Select(i => new RankedPassage(Passages[i], scores[i]))];
    }

    private int Add(int number, Passage passage)
    {
        var counts = new Dictionary<string, int>();
        var words = SearchWords.Of(passage.Text);
        var heading = SearchWords.Of(passage.Heading);
        foreach (var word in words.Concat(heading).Concat(heading)) CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
        foreach (var (word, count) in counts)
        {
            if (!wordPostings.TryGetValue(word, out var postings)) wordPostings[word] = postings = [];
            postings.Add((number, count));
        }

        return words.Count + (2 * heading.Count);
    }
}
