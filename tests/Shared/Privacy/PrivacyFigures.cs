using Tutor.Core.Privacy;

namespace Tutor.Tests.Shared.Privacy;

/// <summary>How much personal data is found and how often what is found is none.</summary>
/// <param name="Covered">Labelled places that are covered to the last letter.</param>
/// <param name="Right">Found places that touch a labelled one.</param>
internal sealed record PrivacyFigures(int Labelled, int Covered, int Found, int Right)
{
    public double Recall => Labelled == 0 ? 1 : (double)Covered / Labelled;
    public double Precision => Found == 0 ? 1 : (double)Right / Found;
    public double F2 => Precision + Recall == 0 ? 0 : 5 * Precision * Recall / (4 * Precision + Recall);

    /// <param name="kinds">Labels that count; a find that touches another label is left out rather than called wrong.</param>
    public static PrivacyFigures Of(IEnumerable<LabelledMessage> messages, PersonalDataFinder finder, Roster roster, params PersonalDataKind[] kinds)
    {
        var sum = new PrivacyFigures(0, 0, 0, 0);
        foreach (var message in messages)
        {
            var found = finder.Find(message.Text, roster, message.AuthorId);
            var labels = message.Spans.Where(s => kinds.Length == 0 || kinds.Contains(s.Kind)).ToList();
            var others = message.Spans.Except(labels).ToList();
            var counted = found.Where(f => Touches(f, labels) || !Touches(f, others)).ToList();
            sum = new PrivacyFigures(
                sum.Labelled + labels.Count, sum.Covered + labels.Count(l => IsCovered(message.Text, l, found)),
                sum.Found + counted.Count, sum.Right + counted.Count(f => Touches(f, labels)));
        }

        return sum;
    }

    public static IEnumerable<string> Missed(IEnumerable<LabelledMessage> messages, PersonalDataFinder finder, Roster roster) =>
        from message in messages
        let found = finder.Find(message.Text, roster, message.AuthorId)
        from label in message.Spans
        where !IsCovered(message.Text, label, found)
        select $"{label.Kind}: \"{message.Text.Substring(label.Start, label.Length)}\" in \"{message.Text.ReplaceLineEndings(" / ")}\"";

    public static IEnumerable<string> Invented(IEnumerable<LabelledMessage> messages, PersonalDataFinder finder, Roster roster) =>
        from message in messages
        from find in finder.Find(message.Text, roster, message.AuthorId)
        where !Touches(find, message.Spans)
        select $"{find.Kind}: \"{message.Text.Substring(find.Start, find.Length)}\" in \"{message.Text.ReplaceLineEndings(" / ")}\"";

    private static bool Touches(PersonalData find, IEnumerable<PersonalData> labels) => labels.Any(l => find.Start < l.End && l.Start < find.End);

    // Spaces, commas and the like between two found words are no name.
    private static bool IsCovered(string text, PersonalData label, IReadOnlyList<PersonalData> found) =>
        Enumerable.Range(label.Start, label.Length).All(at => !char.IsLetterOrDigit(text[at]) || found.Any(f => at >= f.Start && at < f.End));
}
