using Tutor.Core.Courses;

namespace Tutor.Core.Interactions;

/// <summary>Makes a copy of what a student gave that can be compared word for word with other texts: composed, without hidden characters and HTML tags.</summary>
/// <remarks>For search and for the guard alone. What is judged, shown, sent to a model and stored is what was given (see the decision on it). Cleaning a cleaned
/// text changes nothing more.</remarks>
public static class SubmissionCleaner
{
    /// <summary>Cleans a program or a text. HTML is taken out of texts only, and there only outside code.</summary>
    public static CleanedText CleanWork(string work, ExerciseKind kind) => Clean(work, stripHtml: kind == ExerciseKind.Writing);

    public static CleanedText CleanQuestion(string question)
    {
        var cleaned = Clean(question, stripHtml: false);
        return cleaned with { Text = cleaned.Text.Trim() };
    }

    private static CleanedText Clean(string original, bool stripHtml)
    {
        var changes = new List<TextChange>();
        var text = original;
        if (text.Contains('\r'))
        {
            text = TextLines.Plain(text);
            changes.Add(new("line endings made plain", original.Count(c => c == '\r')));
        }

        var visible = VisibleText.Of(text);
        text = visible.Text;
        changes.AddRange(visible.Hidden.Select(h => new TextChange($"{h.Key} characters", h.Value)));

        var composed = CanonicalText.Of(text);
        if (!ReferenceEquals(composed, text))
        {
            changes.Add(new("characters composed (Unicode NFC)", Math.Max(1, text.Length - composed.Length)));
            text = composed;
        }

        if (stripHtml)
        {
            text = HtmlStripper.Strip(text, out var tags);
            if (tags > 0) changes.Add(new("HTML tags", tags));
        }

        return new CleanedText(text, changes);
    }
}
