using Tutor.Core.Hints.Writing;
using Tutor.Core.Interactions;

namespace Tutor.Core.Hints.Ladder;

/// <summary>Hints for texts: about the criterion with the most severe signal, with the place in the student's own words.</summary>
internal static class WritingLadder
{
    /// <summary>Enough to find the place again.</summary>
    private const int LongestQuote = 300;

    public static LadderHint Write(LadderRequest request, HintLevel level) => LadderWriter.FirstUnsaid(request, level, l => Hints(request, l));

    private static IEnumerable<LadderHint> Hints(LadderRequest request, HintLevel level)
    {
        var signals = WritingSignals.Read(request.Work, request.Exercise.Words);
        // Every signature that fits rests on a signal, and the order of signals is by severity.
        foreach (var (misconception, match) in LadderWriter.Fitting(request, new(request.Evidence, request.Work, signals), match => match.Signal?.Severity ?? 0))
        {
            if (LadderWriter.RungFor(misconception.Hints, level) is { } rung) yield return Finish(request, rung, match.Signal, misconception, HintWriter.Ladder);
        }

        var ladder = request.Exercise.Ladder;
        var weakest = signals.FirstOrDefault(signal => TreatedSignals.Matters(signal, request));
        var own = weakest is null && ladder.Solved.Count > 0 ? ladder.Solved : ladder.Otherwise;
        if (LadderWriter.RungFor(own, level) is { } general) yield return Finish(request, general, weakest, null, HintWriter.Ladder);
        yield return Finish(request, LadderWriter.RungFor(BuiltInHints.Writing[weakest?.Id ?? BuiltInHints.NothingFound], level)!.Value, weakest, null, HintWriter.BuiltIn);
    }

    private static LadderHint Finish(LadderRequest request, (HintLevel Level, string Text) rung, WritingSignal? signal, Misconception? misconception, string writer)
    {
        var text = RungText.Fill(rung.Text, RungFacts.None);
        var basis = new List<BasisItem>();
        if (signal is not null)
        {
            text += $"\n\n{signal.Finding}{(signal.Quote.Length > 0 ? $"\n\n{Quoted(signal.Quote)}" : "")}";
            basis.Add(LadderBasis.Of(signal));
        }
        else if (SoundText.Read(request) is { } sound)
        {
            text = $"{sound.Praise}\n\n{text.Trim()}\n\n{sound.Next}";
            basis.Add(sound.Criterion);
        }

        if (LadderBasis.CriterionOf(misconception?.Criterion, request.Rubric) is { } criterion) basis.Add(criterion);
        return new(text.Trim(), rung.Level, writer, misconception?.Id, LadderWriter.Reason(request, writer, Because(signal), misconception?.Id, rung.Level), basis);
    }

    private static string Because(WritingSignal? signal) =>
        signal is null ? "nothing in your text stands out that can be counted" : $"of this: {char.ToLowerInvariant(signal.Finding[0])}{signal.Finding[1..].TrimEnd('.')}";

    /// <summary>A block quotation in which nothing acts as markup but what is harmless: the text is the student's own.</summary>
    private static string Quoted(string quote)
    {
        var line = string.Join(' ', quote.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var end = line.Length <= LongestQuote ? line.Length : char.IsHighSurrogate(line[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        // Brackets and the dollar by their numbers: after a backslash, and in pairs, they are signs of a formula.
        var escaped = string.Concat(line[..end].Select(c => "&[]$".Contains(c) ? $"&#{(int)c};" : @"\`*_{}<>#|~!".Contains(c) ? $"\\{c}" : c.ToString()));
        return $"> {escaped}{(end < line.Length ? " ..." : "")}";
    }
}
