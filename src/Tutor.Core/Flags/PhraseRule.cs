using System.Text.RegularExpressions;
using Tutor.Core.Interactions;

namespace Tutor.Core.Flags;

/// <summary>Raises a flag where a text holds a phrase.</summary>
/// <param name="Id">Stable; stored with every flag.</param>
/// <param name="Version">Raised whenever <paramref name="Phrase"/> changes.</param>
/// <param name="Explanation">For the person who reviews the flag.</param>
internal sealed record PhraseRule(string Id, int Version, string Category, FlagSeverity Severity, Regex Phrase, string Explanation)
{
    /// <returns>The first place the phrase stands, quoted from the original text; null when it stands nowhere.</returns>
    public FlagFinding? Find(VisibleText text, string field)
    {
        var match = Phrase.Match(text.Text);
        if (!match.Success) return null;

        // A match may begin with the line break before a marker; the quote should not.
        var lead = match.Value.Length - match.Value.TrimStart().Length;
        var (start, quote) = text.InOriginal(match.Index + lead, match.Value.TrimEnd().Length - lead);
        return new FlagFinding(Category, Id, Version, Severity, field, start, quote, Explanation);
    }
}
