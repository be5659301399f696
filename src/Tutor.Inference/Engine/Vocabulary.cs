using System.Buffers;
using System.Text;
using Tutor.Inference.Native;

namespace Tutor.Inference.Engine;

/// <summary>A model's tokens: text to tokens, and the bytes of each token. Thread-safe.</summary>
internal sealed unsafe class Vocabulary
{
    private const int ControlAttribute = 1 << 3;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // All pieces one behind the other, read once: asking the library for each generated token would cost a call and a copy.
    private readonly byte[] pieces;
    private readonly int[] starts;
    private readonly bool[] control;
    private readonly bool[] ends;
    private readonly string?[] texts;

    public Vocabulary(ModelHandle model)
    {
        Model = model;
        Pointer = LlamaNative.llama_model_get_vocab(model);
        Count = LlamaNative.llama_vocab_n_tokens(Pointer);
        (starts, control, ends, texts) = (new int[Count + 1], new bool[Count], new bool[Count], new string?[Count]);
        var all = new ArrayBufferWriter<byte>(Count * 8);
        for (var token = 0; token < Count; token++)
        {
            all.Write(ReadPiece(token));
            starts[token + 1] = all.WrittenCount;
            control[token] = (LlamaNative.llama_vocab_get_attr(Pointer, token) & ControlAttribute) != 0;
            ends[token] = LlamaNative.llama_vocab_is_eog(Pointer, token);
        }
        pieces = all.WrittenSpan.ToArray();
        AddsBegin = LlamaNative.llama_vocab_get_add_bos(Pointer);
        Begin = LlamaNative.llama_vocab_bos(Pointer);
        End = LlamaNative.llama_vocab_eos(Pointer);
    }

    public ModelHandle Model { get; }
    public nint Pointer { get; }
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
        foreach (var segment in prompt) Append(tokens, segment.Text, segment.IsControl);
        if (AddsBegin && Begin >= 0 && (tokens.Count == 0 || tokens[0] != Begin)) tokens.Insert(0, Begin);
        return [.. tokens];
    }

    /// <summary>Tokens of a text by itself.</summary>
    public int[] TokenizePlain(string text)
    {
        var tokens = new List<int>();
        Append(tokens, text, isControl: false);
        return [.. tokens];
    }

    private void Append(List<int> tokens, string text, bool isControl)
    {
        if (text.Length == 0) return;
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        // Every token is at least one byte of the text; some tokenizers put a space in front, for which there is room.
        var length = Encoding.UTF8.GetBytes(text, bytes);
        var found = ArrayPool<int>.Shared.Rent(length + 16);
        tokens.AddRange(found.AsSpan(0, Tokenize(bytes.AsSpan(0, length), found, isControl)));
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(found);
    }

    private int Tokenize(ReadOnlySpan<byte> text, int[] found, bool isControl)
    {
        // Callers tokenize on threads of their own, which may be while the engine is disposed.
        var held = false;
        Model.DangerousAddRef(ref held);
        try
        {
            fixed (byte* source = text)
            fixed (int* target = found)
            {
                var count = LlamaNative.llama_tokenize(Pointer, source, text.Length, target, found.Length, addSpecial: 0, isControl ? (byte)1 : (byte)0);
                return count >= 0 ? count : throw new EngineFailedException($"A text of {text.Length} bytes has {-(long)count} tokens, more than bytes.");
            }
        }
        finally
        {
            Model.DangerousRelease();
        }
    }

    private byte[] ReadPiece(int token)
    {
        var buffer = stackalloc byte[256];
        var length = LlamaNative.llama_token_to_piece(Pointer, token, buffer, 256, leftStrip: 0, special: 1);
        if (length >= 0) return new Span<byte>(buffer, length).ToArray();
        var longer = new byte[-length];
        fixed (byte* target = longer)
        {
            _ = LlamaNative.llama_token_to_piece(Pointer, token, target, longer.Length, leftStrip: 0, special: 1);
        }
        return longer;
    }
}
