namespace Tutor.Core;

/// <summary>Keys of the ledger: UUID version 7 (RFC 9562) as 32 lower-case hex digits, so that text order is creation order.</summary>
public static class TutorId
{
    private const int CounterBits = 12;
    private static long last;

    /// <returns>An id greater than every id this process made before, also within one millisecond.</returns>
    /// <remarks>
    /// The 12 bits after the time count (RFC 9562, section 6.2, method 1, running over into the next millisecond); the
    /// other 62 are random, so that ids of several processes do not meet and cannot be guessed.
    /// </remarks>
    public static string New()
    {
        long seen, stamp;
        do
        {
            seen = Volatile.Read(ref last);
            stamp = Math.Max(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << CounterBits, seen + 1);
        }
        while (Interlocked.CompareExchange(ref last, stamp, seen) != seen);
        var random = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(stamp >> CounterBits)).ToString("N");
        return string.Concat(random.AsSpan(0, 13), (stamp & ((1 << CounterBits) - 1)).ToString("x3", null), random.AsSpan(16));
    }
}
