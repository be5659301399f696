using System.Text;
using Tutor.Core.Courses;

namespace Tutor.Core.Interactions;

/// <summary>Makes what a student gave safe to read for people, models and rules, without changing what it says.</summary>
/// <remarks>Cleaning a cleaned text changes nothing more.</remarks>
public static class SubmissionCleaner
{
    /// <summary>Largest work read, in UTF-8 bytes: some 1,500 lines of code or 10,000 words.</summary>
    public const int MaxWorkBytes = 64 * 1024;

    /// <summary>Largest question read, in UTF-8 bytes.</summary>
    public const int MaxQuestionBytes = 4 * 1024;

    /// <summary>Cleans a program or a text. HTML is taken out of texts only, and there only outside code.</summary>
    public static CleanedText CleanWork(string work, ExerciseKind kind) => Clean(work, MaxWorkBytes, stripHtml: kind == ExerciseKind.Writing);

    public static CleanedText CleanQuestion(string question)
    {
        var cleaned = Clean(question, MaxQuestionBytes, stripHtml: false);
        return cleaned with { Text = cleaned.Text.Trim() };
    }

    private static CleanedText Clean(string original, int maxBytes, bool stripHtml)
    {
        var changes = new List<TextChange>();
        var text = original;
        if (text.Contains('\r'))
        {
            text = text.ReplaceLineEndings("\n").Replace('\r', '\n');
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

        var cut = CutAt(text, maxBytes);
        if (cut < text.Length)
        {
            changes.Add(new($"characters after the first {maxBytes / 1024} KiB", text.Length - cut));
            text = text[..cut];
        }

        return new CleanedText(text, changes);
    }

    // At the last line end before the limit where there is one, else between two characters.
    private static int CutAt(string text, int maxBytes)
    {
        if (text.Length * 3L <= maxBytes || Encoding.UTF8.GetByteCount(text) <= maxBytes) return text.Length;

        var bytes = 0;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > maxBytes) break;
            bytes += rune.Utf8SequenceLength;
            at += rune.Utf16SequenceLength;
        }

        var lineEnd = text.LastIndexOf('\n', at - 1);
        return lineEnd > 0 ? lineEnd + 1 : at;
    }
}
