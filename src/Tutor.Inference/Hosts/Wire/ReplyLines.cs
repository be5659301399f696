using System.Runtime.CompilerServices;

namespace Tutor.Inference.Hosts.Wire;

/// <summary>Takes the body of an answer apart under limits: each <c>data:</c> line by itself, or a body that is JSON as a whole.</summary>
/// <remarks>
/// Not <c>System.Net.ServerSentEvents</c>: its parser buffers a line of any length, joins the lines of servers that leave out the blank
/// line between two events, and drops a last event without one. All three are seen in the field, and the first fills the memory.
/// </remarks>
internal static class ReplyLines
{
    /// <summary>Longest line before anything is parsed; a chunk of a real server has some hundred bytes.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>Longest answer in one piece.</summary>
    public const int LongestJson = 256 * 1024;

    /// <summary>Most bytes of a stream.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    /// <returns>What follows each <c>data:</c>, without blanks around it; the memory is good until the next one is asked for.</returns>
    /// <exception cref="HostBrokeException">A limit was passed.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken cancel)
    {
        var buffer = new byte[8 * 1024];
        var (filled, total, json, ended) = (0, 0, default(bool?), false);
        while (!ended)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, Grown(buffer.Length, json == true ? LongestJson : LongestLine));
            var read = await body.ReadAsync(buffer.AsMemory(filled), cancel);
            ended = read == 0;
            if ((total += read) > MostBytes) throw new HostBrokeException($"It sent more than {MostBytes / 1024 / 1024} MB for one answer.");
            filled += read;
            json ??= IsJson(buffer.AsSpan(0, filled));
            if (json == true)
            {
                if (ended) yield return buffer.AsMemory(0, filled);
                continue;
            }
            var from = 0;
            while (Line(buffer.AsSpan(from, filled - from), ended) is var length and >= 0)
            {
                if (Payload(buffer, from, length) is { Length: > 0 } data) yield return data;
                if ((from += length + 1) >= filled) break;
            }
            from = Math.Min(from, filled);
            buffer.AsSpan(from, filled - from).CopyTo(buffer);
            filled -= from;
        }
    }

    private static int Grown(int size, int limit) =>
        size < limit ? Math.Min(2 * size, limit) : throw new HostBrokeException($"It sent a line longer than {limit / 1024} KB.");

    // Null while nothing but white space and a byte order mark has come.
    private static bool? IsJson(ReadOnlySpan<byte> begun)
    {
        var text = begun.TrimStart("\uFEFF \t\r\n"u8);
        return text.IsEmpty ? null : text[0] is (byte)'{' or (byte)'[';
    }

    private static int Line(ReadOnlySpan<byte> rest, bool ended)
    {
        var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 && ended && rest.Length > 0 ? rest.Length : end;
    }

    private static ReadOnlyMemory<byte> Payload(byte[] buffer, int from, int length)
    {
        var line = ((ReadOnlyMemory<byte>)buffer.AsMemory(from, length)).TrimStart("\uFEFF"u8);
        return line.Span.StartsWith("data:"u8) ? line["data:"u8.Length..].Trim(" \t"u8) : default;
    }
}
