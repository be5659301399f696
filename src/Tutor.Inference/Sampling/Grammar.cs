using System.Buffers;
using LLama.Native;
using Tutor.Inference.Backends;
using Tutor.Inference.Engine;

namespace Tutor.Inference.Sampling;

/// <summary>A GBNF grammar and how far the answer has come in it.</summary>
internal sealed class Grammar : IDisposable
{
    private readonly SafeLLamaSamplerChainHandle sampler;
    private readonly Vocabulary vocabulary;
    private Utf8Progress utf8 = new();

    private Grammar(SafeLLamaSamplerChainHandle sampler, Vocabulary vocabulary) => (this.sampler, this.vocabulary) = (sampler, vocabulary);

    /// <exception cref="GrammarException">It cannot be used; the message has the parser's words.</exception>
    public static Grammar Parse(string text, Vocabulary vocabulary)
    {
        GrammarCheck.Check(text);
        var held = false;
        vocabulary.Model.DangerousAddRef(ref held);
        try
        {
            var sampler = NativeLog.Listen(() => Sampler(text, vocabulary), out var reason)!;
            if (LlamaCalls.llama_sampler_chain_get(sampler, 0) != 0) return new Grammar(sampler, vocabulary);
            sampler.Dispose();
            throw new GrammarException($"The grammar cannot be used: {(reason.Length > 0 ? reason : "the library gave no reason.")}");
        }
        finally
        {
            vocabulary.Model.DangerousRelease();
        }
    }

    public bool Allows(int token) => FirstAllowed([token], [0]) is not null;

    /// <summary>The first of the tokens that the grammar allows and that is not forbidden by its score.</summary>
    public int? FirstAllowed(ReadOnlySpan<int> tokens, ReadOnlySpan<float> scores)
    {
        var list = ArrayPool<LLamaTokenData>.Shared.Rent(tokens.Length);
        for (var i = 0; i < tokens.Length; i++) list[i] = new LLamaTokenData(tokens[i], scores[i], 0);
        Apply(list.AsMemory(0, tokens.Length));
        var first = Array.FindIndex(list, 0, tokens.Length, candidate => !float.IsNegativeInfinity(candidate.Logit));
        ArrayPool<LLamaTokenData>.Shared.Return(list);
        return first < 0 ? null : tokens[first];
    }

    /// <summary>Gives every token that the grammar does not allow the score of negative infinity.</summary>
    public void Mask(Span<float> scores)
    {
        var list = ArrayPool<LLamaTokenData>.Shared.Rent(scores.Length);
        for (var i = 0; i < scores.Length; i++) list[i] = new LLamaTokenData(i, scores[i], 0);
        Apply(list.AsMemory(0, scores.Length));
        for (var i = 0; i < scores.Length; i++) scores[i] = list[i].Logit;
        ArrayPool<LLamaTokenData>.Shared.Return(list);
    }

    /// <summary>Goes on by a token that is allowed. One that is not would end the process, so it is refused here.</summary>
    public void Accept(int token)
    {
        if (!Allows(token)) throw new InvalidOperationException("The grammar does not allow this token.");
        if (vocabulary.IsEnd(token)) return;
        utf8.Advance(vocabulary.Bytes(token));
        sampler.Accept(token);
    }

    public void Dispose() => sampler.Dispose();

    private static SafeLLamaSamplerChainHandle Sampler(string text, Vocabulary vocabulary)
    {
        var sampler = SafeLLamaSamplerChainHandle.Create(LLamaSamplerChainParams.Default());
        sampler.AddGrammar(vocabulary.Model, text, "root");
        return sampler;
    }

    private void Apply(Memory<LLamaTokenData> candidates)
    {
        using var pinned = LLamaTokenDataArrayNative.Create(new LLamaTokenDataArray(candidates), out var native);
        sampler.Apply(ref native);
        foreach (ref var candidate in candidates.Span)
        {
            if (float.IsNegativeInfinity(candidate.Logit)) continue;
            var token = (int)candidate.ID;
            if (!(vocabulary.IsEnd(token) ? utf8.IsWhole : utf8.Takes(vocabulary.Bytes(token)))) candidate.Logit = float.NegativeInfinity;
        }
    }
}
