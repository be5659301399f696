using System.Numerics.Tensors;

namespace Tutor.Inference.Sampling;

/// <summary>Chooses the tokens of one answer. It changes the scores it is given.</summary>
internal sealed class TokenSampler
{
    private readonly SamplingOptions options;
    private readonly (int Token, float Add)[] bias;
    private readonly Grammar? grammar;
    private SplitMix random;

    public TokenSampler(SamplingOptions options, Grammar? grammar)
    {
        (this.options, this.grammar) = (options, grammar);
        bias = options.LogitBias is { Count: > 0 } given ? [.. given.Select(pair => (pair.Key, pair.Value))] : [];
        random = new SplitMix(options.Seed ?? (ulong)Random.Shared.NextInt64());
    }

    /// <param name="scores">Scores of all tokens.</param>
    /// <param name="history">Prompt and answer so far.</param>
    /// <exception cref="GrammarException">No token of the vocabulary goes on in the grammar.</exception>
    public int Next(Span<float> scores, ReadOnlySpan<int> history, SamplingScratch scratch)
    {
        foreach (var (token, add) in bias) scores[token] += add;
        Penalize(scores, history, scratch);
        var chosen = Choose(scores, scratch);
        if (grammar is null) return chosen;

        // Testing one token is a thousand times cheaper than testing the vocabulary, and the model mostly keeps to the grammar by itself.
        if (!grammar.Allows(chosen)) chosen = ChooseAllowed(scores, scratch);
        grammar.Accept(chosen);
        return chosen;
    }

    private int ChooseAllowed(Span<float> scores, SamplingScratch scratch)
    {
        if (options.Temperature <= 0)
        {
            // The best allowed token is nearly always among the first few hundred.
            var best = scratch.Best(scores, SamplingScratch.FirstLook);
            if (grammar!.FirstAllowed(best.Tokens, best.Scores) is { } found) return found;
        }
        grammar!.Mask(scores);
        if (float.IsNegativeInfinity(TensorPrimitives.Max(scores)))
        {
            throw new GrammarException("No token of this model's vocabulary goes on in the grammar, so the answer cannot be finished.");
        }
        return Choose(scores, scratch);
    }

    private int Choose(Span<float> scores, SamplingScratch scratch)
    {
        if (options.Temperature <= 0) return scratch.Best(scores, 1).Tokens[0];
        if (options.TopK <= 0 && options.MinP <= 0 && options.TopP >= 1) return Draw(scores, scratch);

        var (candidates, best, total) = options.TopK > 0 ? Top(scores, scratch, options.TopK) : Frequent(scores, scratch);
        var kept = Keep(best, total);
        var weights = scratch.Weights[..kept];
        var sum = 0.0;
        for (var i = 0; i < kept; i++)
        {
            weights[i] = MathF.Exp((best[i] - best[0]) / options.Temperature);
            sum += weights[i];
        }
        return candidates[Pick(weights, sum)];
    }

    // Draws from all tokens; nothing has to be sorted.
    private int Draw(ReadOnlySpan<float> scores, SamplingScratch scratch)
    {
        var weights = scratch.Weights[..scores.Length];
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max(scores), weights);
        TensorPrimitives.Divide(weights, options.Temperature, weights);
        TensorPrimitives.Exp(weights, weights);
        return Pick(weights, TensorPrimitives.Sum<float>(weights));
    }

    private static Candidates Top(ReadOnlySpan<float> scores, SamplingScratch scratch, int count)
    {
        var (tokens, best) = scratch.Best(scores, count);
        var total = 0.0;
        foreach (var score in best) total += MathF.Exp(score - best[0]);
        return new Candidates(tokens, best, total);
    }

    // Without top-k the probabilities are over all tokens, but only those that may be kept are sorted.
    private Candidates Frequent(ReadOnlySpan<float> scores, SamplingScratch scratch)
    {
        var highest = TensorPrimitives.Max(scores);
        var weights = scratch.Weights[..scores.Length];
        TensorPrimitives.Subtract(scores, highest, weights);
        TensorPrimitives.Exp(weights, weights);
        var total = TensorPrimitives.Sum<float>(weights);
        var needed = options.MinP > 0 ? CountFrom(scores, highest + MathF.Log(options.MinP)) : CountForMass(scores, scratch, total);
        var (tokens, best) = scratch.Best(scores, needed);
        return new Candidates(tokens, best, total);
    }

    private static int CountFrom(ReadOnlySpan<float> scores, float least)
    {
        var count = 0;
        foreach (var score in scores) count += score >= least ? 1 : 0;
        return Math.Max(1, count);
    }

    private int CountForMass(ReadOnlySpan<float> scores, SamplingScratch scratch, double total)
    {
        for (var count = SamplingScratch.FirstLook; count < scores.Length; count *= 8)
        {
            var (_, best) = scratch.Best(scores, count);
            var mass = 0.0;
            foreach (var score in best) mass += MathF.Exp(score - best[0]);
            if (mass >= options.TopP * total) return count;
        }
        return scores.Length;
    }

    // How many of the sorted candidates top-p and min-p leave; at least one.
    private int Keep(ReadOnlySpan<float> best, double total)
    {
        var mass = 0.0;
        for (var i = 0; i < best.Length; i++)
        {
            var weight = MathF.Exp(best[i] - best[0]);
            if (i > 0 && (weight < options.MinP || mass >= options.TopP * total)) return i;
            mass += weight;
        }
        return best.Length;
    }

    private int Pick(ReadOnlySpan<float> weights, double sum)
    {
        var at = random.NextDouble() * sum;
        for (var i = 0; i < weights.Length; i++)
        {
            at -= weights[i];
            if (at < 0) return i;
        }
        // Only rounding leads here; the last weight that is not zero ends the interval.
        return weights.LastIndexOfAnyExcept(0f);
    }

    private void Penalize(Span<float> scores, ReadOnlySpan<int> history, SamplingScratch scratch)
    {
        if (options is { RepetitionPenalty: 1, PresencePenalty: 0, FrequencyPenalty: 0 } || options.RepetitionWindow == 0) return;
        var window = scratch.Window(history[Math.Max(0, history.Length - options.RepetitionWindow)..]);
        window.Sort();
        for (var i = 0; i < window.Length;)
        {
            var token = window[i];
            var times = 0;
            for (; i < window.Length && window[i] == token; i++) times++;
            var score = scores[token];
            scores[token] = (score > 0 ? score / options.RepetitionPenalty : score * options.RepetitionPenalty)
                - options.PresencePenalty - (times * options.FrequencyPenalty);
        }
    }

    private readonly ref struct Candidates(ReadOnlySpan<int> tokens, ReadOnlySpan<float> scores, double total)
    {
        private readonly ReadOnlySpan<int> tokens = tokens;
        private readonly ReadOnlySpan<float> scores = scores;
        private readonly double total = total;

        public void Deconstruct(out ReadOnlySpan<int> tokens, out ReadOnlySpan<float> scores, out double total)
        {
            tokens = this.tokens;
            scores = this.scores;
            total = this.total;
        }
    }
}
