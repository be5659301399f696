namespace Tutor.Data.Interactions;

/// <summary>How a statement reads the search over finished interactions: the one table each database keeps in its own way.</summary>
internal static class InteractionSearch
{
    /// <summary>The interactions of a course with all of these words, the last one as a beginning; null without any.</summary>
    public static SearchSource? Find(Dialect dialect, string courseId, string? text) => dialect == Dialect.Sqlite
        ? SearchText.ToFts5(courseId, text) is { } match
            // CROSS: the index is walked first, in its order, whatever SQLite thinks of the other conditions.
            ? new("interaction_search s CROSS JOIN interaction i ON i.seq = s.rowid", "s.rowid", "interaction_search MATCH @match", match)
            : null
        : SearchText.ToTsQuery(text) is { } query
            ? new("interaction_search s JOIN interaction i ON i.seq = s.seq", "s.seq",
                "s.course_id = @courseId AND s.words @@ to_tsquery('simple', @match)", query)
            : null;
}

/// <param name="From">The tables, <c>interaction</c> as <c>i</c>.</param>
/// <param name="Key">What orders the rows found: the order in which they were asked.</param>
/// <param name="Condition">Uses <c>@match</c>, and may use <c>@courseId</c>.</param>
internal sealed record SearchSource(string From, string Key, string Condition, string Match);
