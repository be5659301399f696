using Tutor.Core;
using Tutor.Core.Interactions;
using Tutor.Data.People;
using Tutor.Data.Privacy;

namespace Tutor.Data.Process;

/// <summary>How a student's work on an exercise came about: a description for talking about it, never a score. The student sees the same.</summary>
public sealed class ProcessStore(Database database, StudentNames names)
{
    private const string Thread =
        """
        FROM interaction i
        JOIN membership m ON m.course_id = i.course_id AND m.person_id = @viewer
        JOIN interaction t ON t.student_id = i.student_id AND t.course_id = i.course_id AND t.exercise_id = i.exercise_id AND NOT t.welfare
        JOIN submission s ON s.id = t.submission_id
        WHERE i.id = @interactionId AND (i.student_id = @viewer OR (m.role IN ('ta', 'instructor') AND NOT i.welfare))
        """;

    /// <summary>Requests of the same student on the same exercise, oldest first, for that student and the staff of the course; empty for others.</summary>
    public async Task<IReadOnlyList<ProcessEntry>> OfAsync(string interactionId, Viewer viewer, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<Row>(
            $"SELECT t.id, t.course_id, t.student_id, t.asked_at, s.body, s.file_name {Thread} ORDER BY t.asked_at, t.id",
            new { interactionId, viewer = viewer.PersonId }, cancel);
        if (rows.Count == 0) return [];
        var shown = await names.ForAsync(rows[0].CourseId, viewer, cancel);
        var pastes = (await database.QueryAsync<PasteRow>(
            $"SELECT p.interaction_id, p.characters, p.inside FROM paste p WHERE p.interaction_id IN (SELECT t.id {Thread}) ORDER BY p.interaction_id, p.position",
            new { interactionId, viewer = viewer.PersonId }, cancel)).ToLookup(p => p.InteractionId);
        var entries = new List<ProcessEntry>();
        var before = "";
        foreach (var row in rows)
        {
            var (added, removed) = Changed(before, row.Body);
            entries.Add(new ProcessEntry
            {
                InteractionId = row.Id, AskedAt = row.AskedAt, Characters = row.Body.Length, LinesAdded = added, LinesRemoved = removed,
                FileName = shown.FileName(row.FileName, row.StudentId), Pastes = [.. pastes[row.Id].Select(p => new Paste(p.Characters, p.Inside))],
            });
            before = row.Body;
        }
        return entries;
    }

    private static (int Added, int Removed) Changed(string before, string after)
    {
        var old = Lines(before);
        var added = 0;
        foreach (var (line, count) in Lines(after))
        {
            var kept = Math.Min(count, old.GetValueOrDefault(line));
            added += count - kept;
            old[line] = old.GetValueOrDefault(line) - kept;
        }
        return (added, old.Values.Where(n => n > 0).Sum());
    }

    private static Dictionary<string, int> Lines(string text) =>
        TextLines.Of(text).Select(l => l.Trim()).Where(l => l.Length > 0).GroupBy(l => l, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string CourseId { get; init; } = "";
        public string StudentId { get; init; } = "";
        public long AskedAt { get; init; }
        public string Body { get; init; } = "";
        public string? FileName { get; init; }
    }

    private sealed record PasteRow
    {
        public string InteractionId { get; init; } = "";
        public int Characters { get; init; }
        public bool Inside { get; init; }
    }
}
