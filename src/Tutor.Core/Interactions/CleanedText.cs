namespace Tutor.Core.Interactions;

/// <summary>A copy of a text for comparing; see <see cref="SubmissionCleaner"/>.</summary>
public sealed record CleanedText(string Text, IReadOnlyList<TextChange> Changes)
{
    /// <summary>What was changed, for the step's detail ("2 zero-width characters, 1 HTML tag").</summary>
    public string Summary => Changes.Count == 0 ? "nothing changed" : string.Join(", ", Changes.Select(c => $"{c.Count} {c.What}"));
}

/// <summary>One kind of change and how often it was made.</summary>
/// <param name="What">In the plural, for people: "HTML tags", "zero-width characters".</param>
public sealed record TextChange(string What, int Count);
