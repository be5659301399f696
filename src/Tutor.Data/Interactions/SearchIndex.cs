using Dapper;
using Tutor.Core.Privacy;
using Tutor.Data.Privacy;

namespace Tutor.Data.Interactions;

/// <summary>Lets finished interactions be found by their words, without the names in them: who searches must not learn who wrote.</summary>
/// <remarks>Made from the ledger and no part of it. What a stopped process did not come to is added by <see cref="CatchUpAsync"/>.</remarks>
public sealed class SearchIndex(Database database, Rosters rosters, PersonalDataFinder finder)
{
    private const int AtOnce = 200;

    // Who looks for a text that is in no row yet: FTS5 keeps one row of sizes for each text.
    private string Missing => database.Dialect == Dialect.Sqlite
        ? "NOT EXISTS (SELECT 1 FROM interaction_search_docsize d WHERE d.id = i.seq)"
        : "NOT EXISTS (SELECT 1 FROM interaction_search d WHERE d.seq = i.seq)";

    /// <summary>Adds one finished interaction, unless it is there or nobody may find it.</summary>
    public async Task AddAsync(string id, CancellationToken cancel) => await AddAsync("i.id = @id", new { id }, cancel);

    /// <summary>Adds all that are missing.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CatchUpAsync(CancellationToken cancel)
    {
        var (added, some, after) = (0, 0, 0L);
        do
        {
            (some, after) = await AddAsync($"i.seq > @after ORDER BY i.seq LIMIT {AtOnce}", new { after }, cancel);
            added += some;
        }
        while (some > 0);
        return added;
    }

    private async Task<(int Added, long Last)> AddAsync(string which, object parameters, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<Row>(
            $"""
            SELECT i.seq, i.course_id, i.student_id, i.question, s.body AS work, COALESCE(i.answer, '') AS answer
            FROM interaction i JOIN submission s ON s.id = i.submission_id
            WHERE i.state NOT IN ('queued', 'running') AND NOT i.welfare AND {Missing} AND {which}
            """,
            parameters, cancel);
        if (rows.Count == 0) return (0, 0);
        var hidden = new List<Row>(rows.Count);
        foreach (var row in rows)
        {
            var roster = await rosters.OfAsync(row.CourseId, cancel);
            hidden.Add(row with { Question = Hide(row.Question, row, roster), Work = Hide(row.Work, row, roster), Answer = Hide(row.Answer, row, roster) });
        }
        await database.WriteAsync(
            async (connection, transaction) => await connection.ExecuteAsync(Sql.In(transaction, Insert, hidden, cancel)), cancel, Durability.Relaxed, Repeatable.Yes);
        return (rows.Count, rows.Max(row => row.Seq));
    }

    // Again only where it is still missing and still there: another node may have been faster, and retention too.
    private string Insert => database.Dialect == Dialect.Sqlite
        ? $"""
          INSERT INTO interaction_search (rowid, course_id, question, work, answer)
          SELECT i.seq, i.course_id, @Question, @Work, @Answer FROM interaction i WHERE i.seq = @Seq AND NOT i.welfare AND {Missing}
          """
        : """
          INSERT INTO interaction_search (seq, course_id, words)
          SELECT i.seq, i.course_id, search_words(concat_ws(' ', @Question, @Answer, @Work)) FROM interaction i WHERE i.seq = @Seq AND NOT i.welfare
          ON CONFLICT (seq) DO NOTHING
          """;

    // Names inside identifiers too: nobody reads this text.
    private string Hide(string text, Row row, Roster roster)
    {
        var found = finder.Find(text, roster, row.StudentId);
        return found.Count == 0 ? text : PersonalDataFinder.Replace(text, found, _ => " ");
    }

    private sealed record Row
    {
        public long Seq { get; init; }
        public string CourseId { get; init; } = "";
        public string StudentId { get; init; } = "";
        public string Question { get; init; } = "";
        public string Work { get; init; } = "";
        public string Answer { get; init; } = "";
    }
}
