using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Tutor.Runtime.Hints;

/// <summary>A token bucket for each student and one for each course, so that a script of one does not take the others' turn.</summary>
/// <remarks>Counted by each node for itself: with n nodes somebody may ask n times as fast, and still not fast.</remarks>
internal sealed class AskRate(IOptions<RuntimeOptions> options, TimeProvider time)
{
    private const int MostBuckets = 100_000;
    private readonly ConcurrentDictionary<string, Bucket> buckets = new();

    /// <summary>What a student may send, in words.</summary>
    public string Limits => $"{options.Value.AskBurst} requests at once and {options.Value.AsksPerMinute} a minute";

    /// <returns>Null when the request may come in; else the moment from which on one may, in Unix milliseconds.</returns>
    public long? Take(string courseId, string studentId)
    {
        // Full buckets are as good as none; a node does not remember everybody who ever asked.
        if (buckets.Count > MostBuckets) buckets.Clear();
        var set = options.Value;
        return Take($"s {courseId} {studentId}", set.AskBurst, set.AsksPerMinute) ?? Take($"c {courseId}", set.CourseAskBurst, set.CourseAsksPerMinute);
    }

    private long? Take(string key, int burst, int perMinute)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var bucket = buckets.GetOrAdd(key, _ => new Bucket { Left = burst, At = now });
        lock (bucket)
        {
            bucket.Left = Math.Min(burst, bucket.Left + (now - bucket.At) * perMinute / 60_000.0);
            bucket.At = now;
            if (bucket.Left < 1) return now + (long)Math.Ceiling((1 - bucket.Left) * 60_000 / perMinute);
            bucket.Left--;
            return null;
        }
    }

    private sealed class Bucket
    {
        public double Left { get; set; }
        public long At { get; set; }
    }
}
