using System.Text;
using Dapper;
using Tutor.Data.People;

namespace Tutor.Data.Interactions;

/// <summary>The SQL of one page of the list: only the conditions that are set, so that each can use its index.</summary>
internal sealed class LogQuery
{
    private readonly StringBuilder where = new();
    private readonly SearchSource? search;

    /// <param name="studentId">Whom the filter's pseudonym stands for.</param>
    public LogQuery(Dialect dialect, string courseId, Viewer viewer, LogFilter filter, string? studentId)
    {
        Parameters.Add("courseId", courseId);
        Parameters.Add("viewer", viewer.PersonId);
        search = InteractionSearch.Find(dialect, courseId, filter.Text);
        if (search is not null) And(search.Condition, "match", search.Match);
        if (filter.Exercise is { } exercise) And("i.exercise_id = @exercise", "exercise", exercise);
        if (filter.Student is not null) And("i.student_id = @student", "student", studentId ?? "");
        if (filter.Level is { } level) And("COALESCE(i.level, i.requested_level) = @level", "level", level);
        if (filter.Writer is { } writer) And("i.writer = @writer", "writer", writer);
        if (filter.From is { } from) And("i.asked_at >= @from", "from", from);
        if (filter.Until is { } until) And("i.asked_at < @until", "until", until);
        if (filter.FailingTest is { } test) And("i.first_failing_test = @test", "test", test);
        if (filter.Escalated is { } escalated) And(escalated ? "i.escalated" : "NOT i.escalated");
        if (filter.HeldBack is { } held) And(held ? "i.guard_action <> 'none'" : "COALESCE(i.guard_action, 'none') = 'none'");
        if (filter.Reviewed is { } reviewed) And(reviewed ? "i.reviewed_at IS NOT NULL" : "i.reviewed_at IS NULL");
        if (filter.Model is { } model) And("i.model = @model", "model", model);
        if (filter.Check is { } check) And("EXISTS (SELECT 1 FROM verdict v WHERE v.interaction_id = i.id AND v.layer = @check)", "check", check);
        if (filter.By is { } by) And(by == "staff" ? "i.by_staff" : "NOT i.by_staff");
        AddState(filter.State);
        AddFlag(filter.Flag);
        AddRating(filter.Rating);
    }

    public DynamicParameters Parameters { get; } = new();

    /// <param name="cursor">Id of the row to page from; null for the newest page.</param>
    /// <param name="newer">Towards newer rows, nearest first; else towards older rows.</param>
    public string Page(string columns, string? cursor, bool newer, int limit)
    {
        Parameters.Add("limit", limit);
        Parameters.Add("cursor", cursor);
        var (compare, order) = newer ? (">", "ASC") : ("<", "DESC");
        // A search is walked in the order of its index, which is the order of writing; everything else in the order of asking.
        var key = search is null ? "(i.asked_at, i.id)" : search.Key;
        var position = search is not null
            ? "(SELECT c.seq FROM interaction c WHERE c.id = @cursor AND c.course_id = @courseId)"
            // Two values and not one row from a subquery, which PostgreSQL does not look up in an index.
            : "((SELECT c.asked_at FROM interaction c WHERE c.id = @cursor AND c.course_id = @courseId), @cursor)";
        return
            $"""
            SELECT {columns}
            {Matching}
              {(cursor is null ? "" : $"AND {key} {compare} {position}")}
            ORDER BY {(search is null ? $"i.asked_at {order}, i.id {order}" : $"{search.Key} {order}")}
            LIMIT @limit
            """;
    }

    /// <summary>What all pages together hold.</summary>
    public string Totals =>
        $"""
        SELECT COUNT(*) AS requests, COUNT(DISTINCT i.student_id) AS people, COALESCE(SUM(i.input_tokens + i.output_tokens), 0) AS tokens,
               COALESCE(SUM(i.cost_micro), 0) AS cost_micro
        {Matching}
        """;

    private string Matching =>
        $"""
        FROM {(search is null ? "interaction i" : search.From)}
        WHERE i.course_id = @courseId AND NOT i.welfare
          AND EXISTS (SELECT 1 FROM membership m
                      WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role IN ('ta', 'instructor'))
          {where}
        """;

    private void AddState(string? state)
    {
        if (state == "open") And("i.state IN ('queued', 'running')");
        else if (state is not null) And("i.state = @state", "state", state);
    }

    private void AddFlag(string? flag)
    {
        // The literal and not a parameter: SQLite uses the partial index only where it can see the condition in the text.
        if (flag is "any") And("i.flagged");
        else if (flag is "none") And("NOT i.flagged");
        else if (flag is "open") And("i.flagged AND EXISTS (SELECT 1 FROM flag f WHERE f.interaction_id = i.id AND f.state = 'open' AND f.severity >= 2)");
        else if (flag is not null) And("EXISTS (SELECT 1 FROM flag f WHERE f.interaction_id = i.id AND f.category = @flag AND f.severity >= 2)", "flag", flag);
    }

    private void AddRating(string? rating)
    {
        if (rating is "rated") And("i.rating IS NOT NULL");
        else if (rating is "helped") And("i.rating > 0");
        else if (rating is "not-helped") And("i.rating <= 0");
        else if (rating is "none") And("i.rating IS NULL");
    }

    private void And(string condition) => where.Append(" AND ").Append(condition);

    private void And(string condition, string name, object value)
    {
        And(condition);
        Parameters.Add(name, value);
    }
}
