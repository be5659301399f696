using Tutor.Inference.Embedded;

namespace Tutor.ModelHost.Chat;

/// <summary>A request for chat completions, understood and checked.</summary>
/// <param name="Model">The name the answer carries.</param>
/// <param name="Count">How many answers to write.</param>
/// <param name="Seed">Of the first answer; the others count on from it.</param>
internal sealed record ChatRequest(ChatQuestion Question, string Model, int Count, ulong? Seed, bool Stream, bool IncludeUsage)
{
    /// <summary>The question as the <paramref name="index"/>-th answer is asked for.</summary>
    public ChatQuestion For(int index) =>
        Seed is { } seed ? Question with { Sampling = Question.Sampling with { Seed = unchecked(seed + (ulong)index) } } : Question;
}
