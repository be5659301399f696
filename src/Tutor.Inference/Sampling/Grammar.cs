using System.Runtime.InteropServices;
using Tutor.Inference.Engine;
using Tutor.Inference.Native;

namespace Tutor.Inference.Sampling;

/// <summary>A GBNF grammar and how far the answer has come in it.</summary>
internal sealed unsafe class Grammar : IDisposable
{
    private readonly GrammarHandle handle;
    private readonly Vocabulary vocabulary;
    private Utf8Progress utf8 = new();

    private Grammar(GrammarHandle handle, Vocabulary vocabulary) => (this.handle, this.vocabulary) = (handle, vocabulary);

    /// <exception cref="GrammarException">It cannot be used; the message has the parser's words.</exception>
    public static Grammar Parse(string text, Vocabulary vocabulary)
    {
        GrammarCheck.Check(text);
        var held = false;
        vocabulary.Model.DangerousAddRef(ref held);
        try
        {
            var handle = NativeLog.Listen(() => LlamaNative.llama_sampler_init_grammar(vocabulary.Pointer, text, "root"), out var reason);
            if (handle.IsInvalid)
            {
                throw new GrammarException($"The grammar cannot be used: {(reason.Length > 0 ? reason : "the library gave no reason.")}");
            }
            handle.Hold(vocabulary.Model);
            return new Grammar(handle, vocabulary);
        }
        finally
        {
            vocabulary.Model.DangerousRelease();
        }
    }

    public bool Allows(int token)
    {
        var one = new NativeTokenData { Token = token };
        Apply(&one, 1);
        return one.Logit == 0;
    }

    /// <summary>The first of the tokens that the grammar allows and that is not forbidden by its score.</summary>
    public int? FirstAllowed(ReadOnlySpan<int> tokens, ReadOnlySpan<float> scores)
    {
        var list = stackalloc NativeTokenData[tokens.Length];
        for (var i = 0; i < tokens.Length; i++) list[i] = new NativeTokenData { Token = tokens[i], Logit = scores[i] };
        Apply(list, tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!float.IsNegativeInfinity(list[i].Logit)) return tokens[i];
        }
        return null;
    }

    /// <summary>Gives every token that the grammar does not allow the score of negative infinity.</summary>
    public void Mask(Span<float> scores)
    {
        var list = (NativeTokenData*)NativeMemory.Alloc((nuint)scores.Length, (nuint)sizeof(NativeTokenData));
        try
        {
            for (var i = 0; i < scores.Length; i++) list[i] = new NativeTokenData { Token = i, Logit = scores[i] };
            Apply(list, scores.Length);
            for (var i = 0; i < scores.Length; i++) scores[i] = list[i].Logit;
        }
        finally
        {
            NativeMemory.Free(list);
        }
    }

    /// <summary>Goes on by a token that is allowed. One that is not would end the process, so it is refused here.</summary>
    public void Accept(int token)
    {
        if (!Allows(token)) throw new InvalidOperationException("The grammar does not allow this token.");
        if (vocabulary.IsEnd(token)) return;
        utf8.Advance(vocabulary.Bytes(token));
        LlamaNative.llama_sampler_accept(handle, token);
    }

    public void Dispose() => handle.Dispose();

    private void Apply(NativeTokenData* list, int count)
    {
        var array = new NativeTokenDataArray { Data = list, Size = (nuint)count, Selected = -1 };
        LlamaNative.llama_sampler_apply(handle, &array);
        for (var i = 0; i < count; i++)
        {
            if (float.IsNegativeInfinity(list[i].Logit)) continue;
            var token = list[i].Token;
            if (!(vocabulary.IsEnd(token) ? utf8.IsWhole : utf8.Takes(vocabulary.Bytes(token)))) list[i].Logit = float.NegativeInfinity;
        }
    }
}
