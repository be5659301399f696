using System.Globalization;

namespace Tutor.Data.Interactions;

/// <summary>Turns what a person typed into a full-text query that means those words and nothing else.</summary>
public static class SearchText
{
    /// <summary>An FTS5 expression for all words inside one course, the last one as a prefix; null where there is nothing to search for.</summary>
    /// <remarks>
    /// Every word is quoted, so "off-by-one", "AND" and a lone quote are words and not syntax. The course is matched in
    /// the index itself: two common words over all courses took 1.5 s of a million rows, inside one course 9 ms.
    /// </remarks>
    public static string? ToFts5(string courseId, string? text)
    {
        var words = Words(text);
        return words.Count == 0
            ? null
            : $"course_id : {Quote(courseId)} AND {{question work answer}} : ({string.Join(" AND ", words.Select(Quote))}*)";
    }

    /// <summary>A tsquery for all words, the last one as a prefix; null where there is nothing to search for.</summary>
    /// <remarks>Parts of one word, as in "off-by-one", must follow each other, as they must for FTS5.</remarks>
    public static string? ToTsQuery(string? text)
    {
        var words = Words(text).Select(word => $"'{string.Concat(word.Select(c => IsPartOfWord(c) ? c : ' ')).Trim()}'").ToList();
        return words.Count == 0 ? null : string.Join(" & ", words) + ":*";
    }

    // Words without a letter or digit have no token in the index and would match nothing; a NUL
    // would end the expression inside SQLite.
    private static List<string> Words(string? text) =>
        [.. (text ?? "").Replace('\0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsLetterOrDigit))];

    private static bool IsPartOfWord(char c) =>
        char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark;

    private static string Quote(string word) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
