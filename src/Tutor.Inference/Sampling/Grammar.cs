using System.Runtime.InteropServices;
using System.Text;
using Tutor.Inference.Engine;
using Tutor.Inference.Native;

namespace Tutor.Inference.Sampling;

/// <summary>A GBNF grammar and how far the answer has come in it.</summary>
internal sealed unsafe class Grammar : IDisposable
{
    // The library's parser recurses for parentheses and its check for left recursion once per rule; these bounds keep it within the stack.
    private const int MostBytes = 256 * 1024;
    private const int MostRules = 5_000;
    private const int DeepestNesting = 100;

    private readonly GrammarHandle handle;
    private readonly Vocabulary vocabulary;
    private Utf8Progress utf8 = new();

    private Grammar(GrammarHandle handle, Vocabulary vocabulary) => (this.handle, this.vocabulary) = (handle, vocabulary);

    /// <exception cref="GrammarException">It cannot be used; the message has the parser's words.</exception>
    public static Grammar Parse(string text, Vocabulary vocabulary)
    {
        CheckSize(text);
        var handle = NativeLog.Listen(() => LlamaNative.llama_sampler_init_grammar(vocabulary.Pointer, text, "root"), out var reason);
        if (handle.IsInvalid)
        {
            throw new GrammarException($"The grammar cannot be used: {(reason.Length > 0 ? reason : "it has no rule called root, or a rule that begins with itself.")}");
        }
        handle.Hold(vocabulary.Model);
        return new Grammar(handle, vocabulary);
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

    private static void CheckSize(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) throw new GrammarException("The grammar has a zero character.");
        if (Encoding.UTF8.GetByteCount(text) > MostBytes) throw new GrammarException($"The grammar is longer than {MostBytes / 1024} KiB. Make it simpler.");
        var (depth, rules, nesting) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(') nesting = Math.Max(nesting, ++depth);
            if (text[i] == ')') depth--;
            if (text.AsSpan(i).StartsWith("::=")) rules++;
        }
        if (nesting > DeepestNesting) throw new GrammarException($"The grammar nests parentheses {nesting} deep; {DeepestNesting} is the most.");
        if (rules > MostRules) throw new GrammarException($"The grammar has {rules} rules; {MostRules} is the most.");
    }
}
