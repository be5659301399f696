using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using LLama.Native;

namespace Tutor.Inference.Engine;

/// <summary>A model's tokens: text to tokens, and the bytes of each token. Thread-safe.</summary>
internal sealed class Vocabulary
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // All pieces one behind the other, read once: asking the library for each generated token would cost a call and a copy.
    private readonly byte[] pieces;
    private readonly int[] starts;
    private readonly bool[] control;
    private readonly bool[] ends;
    private readonly string?[] texts;

    public Vocabulary(SafeLlamaModelHandle model)
    {
        Model = model;
        var vocabulary = model.Vocab;
        Count = vocabulary.Count;
        (starts, control, ends, texts) = (new int[Count + 1], new bool[Count], new bool[Count], new string?[Count]);
        var all = new ArrayBufferWriter<byte>(Count * 8);
        for (var token = 0; token < Count; token++)
        {
            WritePiece(token, all);
            starts[token + 1] = all.WrittenCount;
            control[token] = ((LLamaToken)token).IsControl(vocabulary);
            ends[token] = ((LLamaToken)token).IsEndOfGeneration(vocabulary);
        }
        pieces = all.WrittenSpan.ToArray();
        AddsBegin = vocabulary.ShouldAddBOS;
        Begin = (int)(vocabulary.BOS ?? LLamaToken.InvalidToken);
        End = (int)(vocabulary.EOS ?? LLamaToken.InvalidToken);
    }

    public SafeLlamaModelHandle Model { get; }
    public int Count { get; }
    public bool AddsBegin { get; }

    /// <summary>-1 when the model has none.</summary>
    public int Begin { get; }
    public int End { get; }

    /// <summary>Whether this token ends an answer. Models have several: end of text, of turn, of message.</summary>
    public bool IsEnd(int token) => ends[token];

    public bool IsControl(int token) => control[token];

    public ReadOnlySpan<byte> Bytes(int token) => pieces.AsSpan(starts[token]..starts[token + 1]);

    public ReadOnlyMemory<byte> Memory(int token) => pieces.AsMemory(starts[token]..starts[token + 1]);

    /// <summary>The token's text when its bytes are whole characters; else null. Made once for each token.</summary>
    public string? WholeText(int token)
    {
        if (texts[token] is { } known) return known;
        try
        {
            return texts[token] = Strict.GetString(Bytes(token));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The name of a special token for a template; empty for -1.</summary>
    public string Name(int token) => token < 0 || token >= Count ? "" : Encoding.UTF8.GetString(Bytes(token));

    /// <summary>Tokens of the segments, with the begin token in front where the model wants one and they have none.</summary>
    public int[] Tokenize(IReadOnlyList<PromptSegment> prompt)
    {
        var tokens = new List<int>();
        foreach (var segment in prompt) tokens.AddRange(Tokenize(segment.Text, segment.IsControl));
        if (AddsBegin && Begin >= 0 && (tokens.Count == 0 || tokens[0] != Begin)) tokens.Insert(0, Begin);
        return [.. tokens];
    }

    /// <summary>Tokens of a text by itself.</summary>
    public int[] TokenizePlain(string text) => Tokenize(text, isControl: false).ToArray();

    private ReadOnlySpan<int> Tokenize(string text, bool isControl)
    {
        // Callers tokenize on threads of their own, which may be while the engine is disposed.
        var held = false;
        Model.DangerousAddRef(ref held);
        try
        {
            return MemoryMarshal.Cast<LLamaToken, int>(Model.Tokenize(text, addBos: false, special: isControl, Encoding.UTF8));
        }
        finally
        {
            Model.DangerousRelease();
        }
    }

    private void WritePiece(int token, ArrayBufferWriter<byte> pieces)
    {
        const int usual = 256;
        var length = (int)Model.TokenToSpan(token, pieces.GetSpan(usual), special: true);
        if (length > pieces.FreeCapacity) Model.TokenToSpan(token, pieces.GetSpan(length), special: true);
        pieces.Advance(length);
    }
}
