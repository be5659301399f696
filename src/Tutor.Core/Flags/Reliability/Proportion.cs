namespace Tutor.Core.Flags.Reliability;

/// <summary>So many of so many, with the uncertainty that small numbers have.</summary>
/// <remarks>Wilson's score interval at 95 % (Wilson 1927): it stays within 0 and 1 and is honest at 3 of 3.</remarks>
public readonly record struct Proportion(int Hits, int Of)
{
    private const double Z = 1.959964;

    /// <summary>Null while nothing is known.</summary>
    public double? Value => Of == 0 ? null : (double)Hits / Of;

    public (double Low, double High) Interval
    {
        get
        {
            if (Of == 0) return (0, 1);
            double n = Of, p = Hits / n, z2 = Z * Z;
            var middle = (p + z2 / (2 * n)) / (1 + z2 / n);
            var half = Z * Math.Sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }
}
