using System.Diagnostics;
using Tutor.Inference.Engine;

namespace Tutor.Benchmarks.Engine;

/// <summary>When the tokens of answers that began together came, in milliseconds.</summary>
internal sealed record TokenTimes(IReadOnlyList<IReadOnlyList<double>> Sequences)
{
    public double FirstMedian => Sequences.Select(times => times[0]).Order().ElementAt(Sequences.Count / 2);

    public double FirstLast => Sequences.Max(times => times[0]);

    public double End => Sequences.Max(times => times[^1]);

    /// <summary>Tokens a second while all sequences are being answered: from the last one's first token to the first one's last.</summary>
    /// <remarks>
    /// Each sequence by its own first and last token of that time: those of one step come microseconds apart, and counting up to the earliest
    /// of them would leave the others out.
    /// </remarks>
    public double Rate
    {
        get
        {
            var (from, to) = (FirstLast, Sequences.Min(times => times[^1]));
            return Sequences.Select(times => times.Where(time => time >= from && time <= to).ToList())
                .Sum(times => 1000 * (times.Count - 1) / (times[^1] - times[0]));
        }
    }

    public static async Task<TokenTimes> OfAsync(LlamaEngine engine, IEnumerable<GenerationRequest> requests)
    {
        var began = Stopwatch.GetTimestamp();
        return new TokenTimes(await Task.WhenAll(requests.Select(async request =>
        {
            var times = new List<double>();
            await foreach (var update in engine.GenerateAsync(request))
            {
                if (update.End is null) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            return (IReadOnlyList<double>)times;
        })));
    }
}
