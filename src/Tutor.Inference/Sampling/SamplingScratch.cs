using System.Numerics;

namespace Tutor.Inference.Sampling;

/// <summary>Memory that choosing a token needs for a moment; one for each thread that chooses.</summary>
internal sealed class SamplingScratch(int vocabulary)
{
    /// <summary>How many of the best tokens are looked at before all are.</summary>
    public const int FirstLook = 256;

    private readonly float[] weights = new float[vocabulary];
    private readonly float[] heapScores = new float[vocabulary];
    private readonly int[] heapTokens = new int[vocabulary];
    private readonly float[] copy = new float[vocabulary];
    private int[] window = [];

    public Span<float> Weights => weights;

    /// <summary>The tokens with the highest scores, best first.</summary>
    public TopTokens Best(ReadOnlySpan<float> scores, int count)
    {
        count = Math.Min(count, scores.Length);
        var tops = heapScores.AsSpan(0, count);
        var tokens = heapTokens.AsSpan(0, count);
        if (count > scores.Length / 8) SortAll(scores);
        else if (count > 0) SelectByHeap(scores, tops, tokens);
        return new TopTokens(tokens, tops);
    }

    /// <summary>The scores as they are now, kept until the next copy.</summary>
    public ReadOnlySpan<float> Copy(ReadOnlySpan<float> scores)
    {
        scores.CopyTo(copy);
        return copy.AsSpan(0, scores.Length);
    }

    /// <summary>A copy of tokens that may be sorted.</summary>
    public Span<int> Window(ReadOnlySpan<int> tokens)
    {
        if (window.Length < tokens.Length) window = new int[Math.Max(tokens.Length, 64)];
        tokens.CopyTo(window);
        return window.AsSpan(0, tokens.Length);
    }

    private void SortAll(ReadOnlySpan<float> scores)
    {
        for (var i = 0; i < scores.Length; i++) (heapScores[i], heapTokens[i]) = (-scores[i], i);
        heapScores.AsSpan(0, scores.Length).Sort(heapTokens.AsSpan(0, scores.Length));
        for (var i = 0; i < scores.Length; i++) heapScores[i] = -heapScores[i];
    }

    // A heap with the lowest of the best on top. Nearly all scores are below it, and those are passed a vector at a time.
    private static void SelectByHeap(ReadOnlySpan<float> scores, Span<float> tops, Span<int> tokens)
    {
        for (var i = 0; i < tops.Length; i++) (tops[i], tokens[i]) = (scores[i], i);
        for (var i = (tops.Length / 2) - 1; i >= 0; i--) Sink(tops, tokens, i);
        var at = tops.Length;
        for (; at + Vector<float>.Count <= scores.Length; at += Vector<float>.Count)
        {
            if (!Vector.GreaterThanAny(new Vector<float>(scores[at..]), new Vector<float>(tops[0]))) continue;
            for (var i = at; i < at + Vector<float>.Count; i++) Offer(tops, tokens, scores[i], i);
        }
        for (; at < scores.Length; at++) Offer(tops, tokens, scores[at], at);

        for (var end = tops.Length - 1; end > 0; end--)
        {
            (tops[0], tops[end], tokens[0], tokens[end]) = (tops[end], tops[0], tokens[end], tokens[0]);
            Sink(tops[..end], tokens, 0);
        }
    }

    private static void Offer(Span<float> tops, Span<int> tokens, float score, int token)
    {
        if (score <= tops[0]) return;
        (tops[0], tokens[0]) = (score, token);
        Sink(tops, tokens, 0);
    }

    private static void Sink(Span<float> tops, Span<int> tokens, int node)
    {
        for (var child = (node * 2) + 1; child < tops.Length; child = (node * 2) + 1)
        {
            if (child + 1 < tops.Length && tops[child + 1] < tops[child]) child++;
            if (tops[node] <= tops[child]) return;
            (tops[node], tops[child], tokens[node], tokens[child]) = (tops[child], tops[node], tokens[child], tokens[node]);
            node = child;
        }
    }
}

/// <summary>Tokens and their scores, best first; valid until the scratch is used again.</summary>
internal readonly ref struct TopTokens(ReadOnlySpan<int> tokens, ReadOnlySpan<float> scores)
{
    public ReadOnlySpan<int> Tokens { get; } = tokens;
    public ReadOnlySpan<float> Scores { get; } = scores;

    public void Deconstruct(out ReadOnlySpan<int> tokens, out ReadOnlySpan<float> scores)
    {
        tokens = Tokens;
        scores = Scores;
    }
}
