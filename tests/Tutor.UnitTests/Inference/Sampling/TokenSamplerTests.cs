using CsCheck;
using Tutor.Inference.Sampling;

namespace Tutor.UnitTests.Inference.Sampling;

public sealed class TokenSamplerTests
{
    private static readonly Gen<float[]> Scores = Gen.Float[-12, 12].Array[2, 700];

    [Fact]
    public void The_best_tokens_are_those_a_full_sort_puts_first()
    {
        Gen.Select(Scores, Gen.Int[1, 700]).Sample((scores, count) =>
        {
            var (tokens, best) = new SamplingScratch(scores.Length).Best(scores, count);

            Assert.Equal(scores.OrderDescending().Take(count), best.ToArray());
            Assert.Equal(best.ToArray(), tokens.ToArray().Select(token => scores[token]));
        });
    }

    [Fact]
    public void Greedy_takes_the_best_token()
    {
        Scores.Sample(scores => Assert.Equal(scores.Max(), scores[Next(SamplingOptions.Greedy, scores)]));
    }

    [Fact]
    public void A_draw_keeps_within_top_k_top_p_and_min_p_of_their_papers()
    {
        var options = Gen.Select(Gen.OneOf(Gen.Const(0), Gen.Int[1, 400]), Gen.Float[0.05f, 1], Gen.OneOf(Gen.Const(0f), Gen.Float[0, 0.5f]), Gen.Float[0.2f, 3], Gen.ULong)
            .Select((k, p, min, temperature, seed) => new SamplingOptions { TopK = k, TopP = p, MinP = min, Temperature = temperature, Seed = seed });

        Gen.Select(Scores, options).Sample((scores, sampling) =>
        {
            var token = Next(sampling, scores);

            // By score: of two equal ones either may be kept.
            Assert.Contains(scores[token], Kept(scores, sampling));
        });
    }

    [Fact]
    public void Draws_have_the_frequencies_of_the_distribution()
    {
        const int draws = 20_000;
        float[] scores = [2, 1, 0, -1, 0.5f];
        var expected = scores.Select(score => Math.Exp(score / 1.3)).ToArray();
        var total = expected.Sum();
        foreach (var sampling in (SamplingOptions[])[new() { Temperature = 1.3f, TopK = 0, TopP = 1, MinP = 0 }, new() { Temperature = 1.3f, TopK = 5, TopP = 1, MinP = 0 }, new() { Temperature = 1.3f, TopK = 0, TopP = 1, MinP = 0.0001f }])
        {
            var sampler = new TokenSampler(sampling with { Seed = 11 }, null);
            var scratch = new SamplingScratch(scores.Length);
            var counts = new int[scores.Length];
            for (var i = 0; i < draws; i++) counts[sampler.Next([.. scores], [], scratch)]++;

            for (var i = 0; i < scores.Length; i++)
            {
                // Five standard deviations of a binomial count.
                var p = expected[i] / total;
                Assert.InRange(counts[i], (draws * p) - (5 * Math.Sqrt(draws * p * (1 - p))), (draws * p) + (5 * Math.Sqrt(draws * p * (1 - p))));
            }
        }
    }

    [Fact]
    public void Repeated_tokens_lose_score_within_the_window_only()
    {
        var sampling = SamplingOptions.Greedy with { RepetitionPenalty = 2, RepetitionWindow = 2 };

        Assert.Equal(1, Next(sampling, [3, 2, 0], history: [0, 0]));
        Assert.Equal(0, Next(sampling, [3, 2, 0], history: [0, 2, 2]));
        Assert.Equal(2, Next(sampling, [-1, -1.5f, -1.9f], history: [0, 1]));
    }

    [Fact]
    public void Presence_is_charged_once_and_frequency_each_time()
    {
        Assert.Equal(1, Next(SamplingOptions.Greedy with { FrequencyPenalty = 0.4f }, [3, 2, 0], history: [0, 0, 0]));
        Assert.Equal(0, Next(SamplingOptions.Greedy with { PresencePenalty = 0.4f }, [3, 2, 0], history: [0, 0, 0]));
    }

    private static int Next(SamplingOptions options, float[] scores, int[]? history = null) =>
        new TokenSampler(options, null).Next([.. scores], history ?? [], new SamplingScratch(scores.Length));

    // The definitions, word for word: k best; then the fewest that reach p of what is left; then those at least so likely as a part of the best.
    private static HashSet<float> Kept(float[] scores, SamplingOptions options)
    {
        var sorted = scores.OrderDescending().Take(options.TopK > 0 ? options.TopK : int.MaxValue).ToList();
        var total = sorted.Sum(score => Math.Exp(score));
        var kept = new HashSet<float>();
        var mass = 0.0;
        foreach (var score in sorted)
        {
            if (mass > 0 && mass >= options.TopP * total * 1.00001) break;
            if (Math.Exp(score - sorted[0]) < options.MinP * 0.9999) break;
            kept.Add(score);
            mass += Math.Exp(score);
        }
        return kept;
    }
}
