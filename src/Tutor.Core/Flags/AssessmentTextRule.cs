using System.Runtime.CompilerServices;
using Tutor.Core.Courses;
using Tutor.Core.Hints;

namespace Tutor.Core.Flags;

/// <summary>Recognises text of a closed assessment, while it is open, in a question or in work.</summary>
/// <remarks>
/// Half of the fingerprints of one paragraph of it, or half of the student's text, have to agree. A paragraph under 12 words says too
/// little to be recognised. The reply is then limited to ideas; nothing else follows from it.
/// </remarks>
internal static class AssessmentTextRule
{
    private const string Id = "assessment-pasted";
    private const int Version = 1;
    private const double LeastContainment = 0.5;
    private const int LeastPrints = 2;

    // "Pick one option from below": what this share of at least five assessments says is nobody's secret.
    private const double CommonShare = 0.1;
    private const int CommonFrom = 5;

    private static readonly ConditionalWeakTable<IReadOnlyList<Assessment>, Dictionary<string, List<HashSet<ulong>>>> known = [];

    public static FlagFinding? Find(HintRequest request, DateTimeOffset now)
    {
        var open = request.Course.Pack.Assessments.Where(a => a.IsOpenAt(now)).ToList();
        if (open.Count == 0) return null;

        var prints = known.GetValue(request.Course.Pack.Assessments, Read);
        return Find(open, prints, request.Question, "question", request.Question)
            ?? Find(open, prints, Without(request.Work, request.Exercise.Starter), "work", request.Work);
    }

    private static FlagFinding? Find(IReadOnlyList<Assessment> open, Dictionary<string, List<HashSet<ulong>>> all, string text, string field, string original)
    {
        var prints = WordPrints.Of(text);
        if (prints.Count < LeastPrints) return null;

        foreach (var assessment in open)
        {
            var paragraphs = all[assessment.Id];
            var share = paragraphs.Count == 0 ? 0 : Math.Max(
                paragraphs.Max(p => Share(p, prints)),
                paragraphs.Sum(p => prints.Count(p.Contains)) / (double)prints.Count);
            if (share < LeastContainment) continue;

            var quote = FirstPassage(original, paragraphs);
            return new FlagFinding(FlagCategory.AssessmentText, Id, Version, FlagSeverity.Review, field, quote.Start, quote.Text,
                $"{share:P0} of a passage agrees with the closed assessment \"{assessment.Title}\".")
            {
                Threshold = $"{LeastContainment:P0} of the fingerprints of {WordPrints.RunLength} words",
            };
        }

        return null;
    }

    private static Dictionary<string, List<HashSet<ulong>>> Read(IReadOnlyList<Assessment> assessments)
    {
        var most = assessments.Count < CommonFrom ? assessments.Count : Math.Max(1, (int)(CommonShare * assessments.Count));
        var common = assessments.SelectMany(a => WordPrints.Of(a.Text)).GroupBy(p => p).Where(p => p.Count() > most).Select(p => p.Key).ToHashSet();
        return assessments.ToDictionary(a => a.Id, a => Paragraphs(a, common), StringComparer.Ordinal);
    }

    // Every paragraph by itself, and all together: the short ones of a quiz are recognised only so.
    private static List<HashSet<ulong>> Paragraphs(Assessment assessment, HashSet<ulong> common) =>
        [.. TextLines.Plain(assessment.Text).Split("\n\n").Append(assessment.Text).Select(WordPrints.Of)
            .Select(p => p.Except(common).ToHashSet()).Where(p => p.Count >= LeastPrints)];

    private static double Share(HashSet<ulong> of, HashSet<ulong> within) => of.Count(within.Contains) / (double)of.Count;

    private static string Without(string work, string starter)
    {
        var given = TextLines.Of(starter).Select(l => l.Trim()).Where(l => l.Length > 0).ToHashSet();
        return given.Count == 0 ? work : string.Join('\n', TextLines.Of(work).Where(l => !given.Contains(l.Trim())));
    }

    // The lines that agree are what the reviewer has to see; where a passage is spread over short lines, the beginning.
    private static (int Start, string Text) FirstPassage(string text, List<HashSet<ulong>> paragraphs)
    {
        var start = 0;
        foreach (var line in TextLines.Of(text))
        {
            if (WordPrints.Of(line).Any(p => paragraphs.Any(known => known.Contains(p)))) return (start, line);
            start += line.Length + 1;
        }

        return (0, text[..Math.Min(text.Length, 200)]);
    }
}
