using Tutor.Core.Courses;

namespace Tutor.Core.Hints.Writing;

/// <summary>Reads the signals that hints for writing rest on when no model reads the text.</summary>
/// <remarks>Everything is a count over words that a person can check in the quoted place. Written for English.</remarks>
public static class WritingSignals
{
    private static readonly (string Id, Func<WritingText, WordRange?, WritingSignal?> Read)[] Checks =
    [
        ("too-short", LengthSignals.TooShort),
        ("too-long", LengthSignals.TooLong),
        ("missing-citation", SourceSignals.MissingCitation),
        ("no-citation-at-all", SourceSignals.NoCitationAtAll),
        ("no-topic-sentence", ArgumentSignals.NoTopicSentence),
        ("no-thesis", ArgumentSignals.NoThesis),
        ("hedging", StyleSignals.Hedging),
        ("repeated-openings", StyleSignals.RepeatedOpenings),
        ("long-sentences", LengthSignals.LongSentences),
        ("one-paragraph", LengthSignals.OneParagraph),
        ("no-counterpoint", ArgumentSignals.NoCounterpoint),
        ("list-of-summaries", SourceSignals.ListOfSummaries),
        ("first-person-opinion", StyleSignals.FirstPersonOpinion),
        ("no-reporting-verb", SourceSignals.NoReportingVerb),
    ];

    /// <summary>Every signal's id, as signatures in packs name them.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. Checks.Select(c => c.Id)];

    /// <param name="words">Length the task asks for; null where it asks for none.</param>
    /// <returns>The signals the text gives, most severe first.</returns>
    public static IReadOnlyList<WritingSignal> Read(string text, WordRange? words)
    {
        var reading = new WritingText(text);
        return [.. Checks.Select(c => c.Read(reading, words)).OfType<WritingSignal>().OrderByDescending(s => s.Severity)];
    }

    /// <summary>A signal at a place of the text.</summary>
    internal static WritingSignal At(TextSpan place, string id, double severity, string finding) => new(id, severity, place.Text, place.Start, finding);
}
