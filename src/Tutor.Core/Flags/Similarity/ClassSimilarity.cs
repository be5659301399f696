namespace Tutor.Core.Flags.Similarity;

/// <summary>The last program of one student on an exercise.</summary>
public sealed record StudentProgram(string StudentName, string InteractionId, string Program);

/// <summary>Two programs that share more than nearly all others of the class.</summary>
/// <param name="Share">Of the smaller one's own fingerprints, those the other has too; 0 to 1.</param>
public sealed record SimilarPair(StudentProgram One, StudentProgram Other, double Share);

/// <summary>What comparing a class shows, with what is usual in it.</summary>
/// <param name="LongEnough">Programs of at least 150 tokens; only these are compared.</param>
/// <param name="Pairs">Pairs of them.</param>
/// <param name="MedianShare">What half of all pairs share at least; the base rate to read a pair against.</param>
/// <param name="Shown">The most alike, at most one pair in 200.</param>
public sealed record SimilarityReport(int Programs, int LongEnough, int Pairs, double MedianShare, IReadOnlyList<SimilarPair> Shown);

/// <summary>Compares the programs of a class on one exercise, for a person to look at. It raises no flag.</summary>
/// <remarks>
/// Real correct solutions of small tasks are identical in half of all cases, so short programs are not compared at all; what the
/// template gave and what more than a tenth of the class has is nobody's own. Beaten by anyone who knows how, like every such tool.
/// </remarks>
public static class ClassSimilarity
{
    public const int LeastTokens = 150;
    private const double CommonShare = 0.1;
    private const double TopShare = 0.005;

    public static SimilarityReport Compare(IReadOnlyList<StudentProgram> programs, string template)
    {
        var given = CodePrints.Of(template).Prints;
        var read = programs.Select(p => (Program: p, Code: CodePrints.Of(p.Program))).Where(p => p.Code.Tokens >= LeastTokens).ToList();
        var holders = new Dictionary<ulong, List<int>>();
        for (var i = 0; i < read.Count; i++)
            foreach (var print in read[i].Code.Prints.Where(p => !given.Contains(p)))
                if (holders.TryGetValue(print, out var list)) list.Add(i);
                else holders[print] = [i];

        // A print of two in a class of ten is a fifth of it and still says something.
        var most = Math.Max(2, CommonShare * read.Count);
        var own = new int[read.Count];
        var pairs = read.Count * (read.Count - 1) / 2;
        // One number for each pair: a dictionary of them took ten times as long.
        var shared = new int[pairs];
        int At(int one, int other) => one * (2 * read.Count - one - 1) / 2 + other - one - 1;
        foreach (var list in holders.Values.Where(l => l.Count <= most))
            for (var i = 0; i < list.Count; i++)
            {
                own[list[i]]++;
                for (var j = i + 1; j < list.Count; j++) shared[At(list[i], list[j])]++;
            }

        var ranked = new List<(double Share, int One, int Other)>(pairs);
        for (var one = 0; one < read.Count; one++)
            for (var other = one + 1; other < read.Count; other++)
                ranked.Add((shared[At(one, other)] / (double)Math.Max(1, Math.Min(own[one], own[other])), one, other));
        ranked.Sort((a, b) => b.Share.CompareTo(a.Share));
        return new SimilarityReport(
            programs.Count, read.Count, pairs, pairs == 0 ? 0 : ranked[pairs / 2].Share,
            [.. ranked.Take((int)(TopShare * pairs)).Where(r => r.Share > 0).Select(r => new SimilarPair(read[r.One].Program, read[r.Other].Program, r.Share))]);
    }
}
