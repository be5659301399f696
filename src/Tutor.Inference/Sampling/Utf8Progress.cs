namespace Tutor.Inference.Sampling;

/// <summary>Whether bytes written so far can be UTF-8 (the Unicode Standard, table 3-7), and what may come next.</summary>
/// <remarks>
/// Tokens may be single bytes. The library's grammar counts a broken sequence as a character of its own, and swallows what follows it,
/// even a closing quote; read as text afterwards, the answer would not follow the grammar.
/// </remarks>
internal struct Utf8Progress()
{
    private int left;
    private byte low = 0x80, high = 0xBF;

    /// <summary>Whether the last character is complete.</summary>
    public readonly bool IsWhole => left == 0;

    public readonly bool Takes(ReadOnlySpan<byte> bytes)
    {
        var copy = this;
        return copy.Advance(bytes);
    }

    /// <returns>False where the bytes cannot come next; then the progress is of no more use.</returns>
    public bool Advance(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (left > 0)
            {
                if (value < low || value > high) return false;
                (left, low, high) = (left - 1, 0x80, 0xBF);
                continue;
            }
            (left, low, high) = value switch
            {
                < 0x80 => (0, (byte)0x80, (byte)0xBF),
                >= 0xC2 and <= 0xDF => (1, (byte)0x80, (byte)0xBF),
                0xE0 => (2, (byte)0xA0, (byte)0xBF),
                0xED => (2, (byte)0x80, (byte)0x9F),
                >= 0xE1 and <= 0xEF => (2, (byte)0x80, (byte)0xBF),
                0xF0 => (3, (byte)0x90, (byte)0xBF),
                0xF4 => (3, (byte)0x80, (byte)0x8F),
                >= 0xF1 and <= 0xF3 => (3, (byte)0x80, (byte)0xBF),
                _ => (-1, (byte)0, (byte)0),
            };
            if (left < 0) return false;
        }
        return true;
    }
}
