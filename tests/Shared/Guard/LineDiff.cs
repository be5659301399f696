namespace Tutor.Tests.Shared.Guard;

/// <summary>What changes between two programs, by longest common subsequence.</summary>
internal static class LineDiff
{
    /// <returns>Runs of removed and added lines, in order.</returns>
    public static IReadOnlyList<(string[] Removed, string[] Added)> Read(string[] before, string[] after)
    {
        string[] a = [.. before.Select(Bare)], b = [.. after.Select(Bare)];
        var common = Common(a, b);
        var changes = new List<(string[], string[])>();
        int i = 0, j = 0;
        while (i < a.Length || j < b.Length)
        {
            int fromI = i, fromJ = j;
            while ((i < a.Length || j < b.Length) && !(i < a.Length && j < b.Length && a[i] == b[j]))
            {
                if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1])) i++;
                else j++;
            }
            if (i > fromI || j > fromJ) changes.Add((before[fromI..i], after[fromJ..j]));
            else { i++; j++; }
        }
        return changes;
    }

    /// <summary>Length of the longest common subsequence of every pair of tails.</summary>
    public static int[,] Common(string[] a, string[] b)
    {
        var length = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
            for (int j = b.Length - 1; j >= 0; j--)
                length[i, j] = a[i] == b[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        return length;
    }

    private static string Bare(string line) => string.Concat(line.Split('#')[0].Where(c => !char.IsWhiteSpace(c)));
}
