using System.Text.RegularExpressions;
using Tutor.Core.Courses;
using Tutor.Core.Hints.Writing;

namespace Tutor.Core.Hints.Ladder;

/// <summary>Which writing signals count in an exercise: a text that needs no sources is not told that it names none.</summary>
internal static partial class TreatedSignals
{
    /// <summary>Signals that only a text with sources can be measured by.</summary>
    private static readonly HashSet<string> AboutSources = ["missing-citation", "no-citation-at-all", "list-of-summaries", "no-reporting-verb"];

    /// <summary>The signals the exercise's misconceptions name.</summary>
    public static IReadOnlySet<string> NamedBy(HintLadder ladder) =>
        ladder.Misconceptions.SelectMany(m => m.Signatures).Select(s => s.Signal).OfType<string>().ToHashSet();

    /// <remarks>A ladder that names signals says what counts. One that names none leaves it to the task and the criteria.</remarks>
    public static bool Matters(WritingSignal signal, LadderRequest request)
    {
        var named = NamedBy(request.Exercise.Ladder);
        if (named.Count > 0) return named.Contains(signal.Id);
        return !AboutSources.Contains(signal.Id) || SpeaksOfSources().IsMatch(request.Exercise.Task)
            || CriteriaOf(request).Any(c => SpeaksOfSources().IsMatch($"{c.Title} {c.Description}"));
    }

    /// <summary>The criteria students see for this exercise.</summary>
    public static IEnumerable<Criterion> CriteriaOf(LadderRequest request) =>
        request.Rubric.Where(c => c.Audience == Audience.Student && (c.Exercises.Count == 0 || c.Exercises.Contains(request.Exercise.Id)));

    [GeneratedRegex(@"\b(sources?|cit(e|es|ed|ing|ations?)|references?|bibliograph\w*|evidence|studies)\b", RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex SpeaksOfSources();
}
