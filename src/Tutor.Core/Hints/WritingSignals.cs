namespace Tutor.Core.Hints;

public static class WritingSignals
{
    public static IReadOnlyList<string> Ids { get; } =
    [
        "too-short", "too-long", "missing-citation", "no-citation-at-all", "no-topic-sentence", "no-thesis", "hedging", "repeated-openings",
        "long-sentences", "one-paragraph", "no-counterpoint", "list-of-summaries", "first-person-opinion", "no-reporting-verb",
    ];
}
