namespace Tutor.Inference.Sampling;

/// <summary>The splitmix64 generator (Steele, Lea and Flood 2014): the same numbers for the same seed on every machine and version.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong state = seed;

    /// <summary>From 0 to below 1, of 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
