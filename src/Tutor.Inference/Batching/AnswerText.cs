using System.Buffers;
using System.Text;
using Tutor.Inference.Engine;

namespace Tutor.Inference.Batching;

/// <summary>Turns an answer's tokens into text that is safe to show: whole characters, and nothing that a stop string may still take back.</summary>
internal sealed class AnswerText(Vocabulary vocabulary, IReadOnlyList<string> stops, bool showControl)
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder held = new();
    private bool pendingBytes;

    /// <summary>The stop string that ended the answer.</summary>
    public string? Stopped { get; private set; }

    /// <returns>The text that became certain; often empty.</returns>
    public string Add(int token)
    {
        if (vocabulary.IsControl(token) && !showControl) return "";
        if (!pendingBytes && stops.Count == 0 && vocabulary.WholeText(token) is { } whole) return whole;
        return Release(Decode(vocabulary.Bytes(token), flush: false), last: false);
    }

    /// <summary>What is left at the end. A character that was cut off becomes U+FFFD.</summary>
    public string End() => Stopped is not null || (!pendingBytes && held.Length == 0) ? "" : Release(Decode([], flush: true), last: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        var chars = ArrayPool<char>.Shared.Rent(bytes.Length + 4);
        decoder.Convert(bytes, chars, flush, out _, out var count, out _);
        pendingBytes = !flush && EndsInsideCharacter(bytes, pendingBytes);
        var text = new string(chars, 0, count);
        ArrayPool<char>.Shared.Return(chars);
        return text;
    }

    // Whether the decoder still waits for bytes after these: the last lead byte asks for more than follow it.
    private static bool EndsInsideCharacter(ReadOnlySpan<byte> bytes, bool before)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var value = bytes[^back];
            if ((value & 0xC0) == 0x80) continue;
            return (value >= 0xF0 && back < 4) || (value >= 0xE0 && back < 3) || (value >= 0xC0 && back < 2);
        }
        return bytes.Length == 0 ? before : bytes.Length <= 3 && before;
    }

    private string Release(string text, bool last)
    {
        if (stops.Count == 0) return text;
        if (held.Length > 0)
        {
            text = held.Append(text).ToString();
            held.Clear();
        }
        var (end, tail) = (-1, 0);
        foreach (var stop in stops)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (end < 0 || at < end)) (end, Stopped) = (at, stop);
            if (!last) tail = Math.Max(tail, HeldBack(text, stop));
        }
        if (end >= 0) return text[..end];
        held.Append(text, text.Length - tail, tail);
        return tail == 0 ? text : text[..^tail];
    }

    // Length of the longest end of the text that is a beginning of the stop string.
    private static int HeldBack(string text, string stop)
    {
        for (var length = Math.Min(text.Length, stop.Length - 1); length > 0; length--)
        {
            if (text.AsSpan()[^length..].SequenceEqual(stop.AsSpan(0, length))) return length;
        }
        return 0;
    }
}
