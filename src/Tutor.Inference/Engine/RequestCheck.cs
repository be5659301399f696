using Tutor.Inference.Sampling;

namespace Tutor.Inference.Engine;

/// <summary>Refuses settings out of their range, in words that can be shown to who sent them.</summary>
internal static class RequestCheck
{
    private const int MostAlternatives = 20;
    private const int MostStops = 16;

    /// <exception cref="ArgumentException">Names the setting and its range.</exception>
    public static void Check(GenerationRequest request, int vocabulary)
    {
        Require(request.MaxTokens > 0, "MaxTokens must be at least 1");
        Require(request.TopLogProbs is null or (>= 0 and <= MostAlternatives), $"TopLogProbs must be 0 to {MostAlternatives}");
        Require(request.Stop.Count <= MostStops && request.Stop.All(stop => stop.Length > 0), $"Stop takes up to {MostStops} strings, none of them empty");
        Check(request.Sampling, vocabulary);
    }

    private static void Check(SamplingOptions sampling, int vocabulary)
    {
        Require(sampling.Temperature >= 0 && float.IsFinite(sampling.Temperature), "Temperature must be 0 or more");
        Require(sampling.TopK >= 0, "TopK must be 0 or more");
        Require(sampling.TopP is > 0 and <= 1, "TopP must be above 0 and at most 1");
        Require(sampling.MinP is >= 0 and <= 1, "MinP must be 0 to 1");
        Require(sampling.RepetitionPenalty > 0 && float.IsFinite(sampling.RepetitionPenalty), "RepetitionPenalty must be above 0");
        Require(sampling.RepetitionWindow >= 0, "RepetitionWindow must be 0 or more");
        Require(float.IsFinite(sampling.PresencePenalty) && float.IsFinite(sampling.FrequencyPenalty), "PresencePenalty and FrequencyPenalty must be numbers");
        Require(sampling.LogitBias is not { } bias || bias.All(pair => pair.Key >= 0 && pair.Key < vocabulary && !float.IsNaN(pair.Value)), $"LogitBias takes tokens 0 to {vocabulary - 1}");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new ArgumentException($"{what}.");
    }
}
