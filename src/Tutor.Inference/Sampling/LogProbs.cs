using System.Numerics.Tensors;
using Tutor.Inference.Engine;

namespace Tutor.Inference.Sampling;

/// <summary>The model's log-probabilities at one step, taken before anything changes the scores.</summary>
internal readonly struct LogProbs
{
    private readonly double normaliser;
    private readonly TokenLogProb[] top;

    public LogProbs(ReadOnlySpan<float> scores, int count, Vocabulary vocabulary, SamplingScratch scratch)
    {
        var highest = TensorPrimitives.Max(scores);
        var weights = scratch.Weights[..scores.Length];
        TensorPrimitives.Subtract(scores, highest, weights);
        TensorPrimitives.Exp(weights, weights);
        normaliser = highest + Math.Log(TensorPrimitives.Sum<float>(weights));
        var (tokens, best) = scratch.Best(scores, count);
        top = new TokenLogProb[tokens.Length];
        for (var i = 0; i < top.Length; i++) top[i] = Of(tokens[i], best[i], vocabulary);
    }

    public TokenLogProbs With(int chosen, float score, Vocabulary vocabulary) => new(Of(chosen, score, vocabulary), top);

    private TokenLogProb Of(int token, float score, Vocabulary vocabulary) => new(token, vocabulary.Memory(token), (float)(score - normaliser));
}
