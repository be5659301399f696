namespace Tutor.Core.Privacy.Export;

/// <summary>What an export holds and in which order, before any text is read.</summary>
/// <remarks>
/// Weeks, and what is too rare to tell, are worked out from all requests of the course and not from those chosen: else two exports could be
/// held against each other, and the weeks of one would not be those of the next.
/// </remarks>
public sealed class ExportPlan
{
    /// <summary>Fewer students than this are never counted, and no week tells of them.</summary>
    public const int K = 5;

    /// <summary>Stands for each exercise on which fewer students asked.</summary>
    public const string FewStudents = "(few students)";
    private const long Week = 7L * 24 * 60 * 60 * 1000;

    /// <param name="all">Every request of the course that may be exported.</param>
    public ExportPlan(string courseId, IReadOnlyList<ExportKey> all, byte[] key, ExportChoice choice)
    {
        var pseudonyms = new Pseudonyms(key, courseId);
        First = all.Count == 0 ? 0 : all.Min(row => row.AskedAt);
        var exercises = all.ToLookup(row => row.ExerciseId, row => row.StudentId);
        var weekly = all.ToLookup(row => (row.ExerciseId, Week: WeekOf(row)), row => row.StudentId);
        var known = weekly.Where(week => Enough(week)).Select(week => week.Key).ToHashSet();
        var large = exercises.Where(exercise => Enough(exercise)).Select(exercise => exercise.Key).ToHashSet(StringComparer.Ordinal);
        Exercises = [.. large.Order(StringComparer.Ordinal)];
        Weeks = all.Count == 0 ? 0 : all.Max(WeekOf) + 1;

        var chosen = all.Where(row => IsChosen(row.ExerciseId, WeekOf(row))).ToList();
        // Of a week that is not told the choice of a period would tell all the same.
        var told = choice.HasPeriod ? [.. chosen.Where(row => known.Contains((row.ExerciseId, WeekOf(row))))] : chosen;
        LeftOut = chosen.Count - told.Count;
        Rows =
        [
            .. told.Select(row => new PlannedRow(
                    row.InteractionId, pseudonyms.Of(row.StudentId), large.Contains(row.ExerciseId) ? row.ExerciseId : FewStudents,
                    known.Contains((row.ExerciseId, WeekOf(row))) ? WeekOf(row) : null))
                .OrderBy(row => row.Exercise, StringComparer.Ordinal).ThenBy(row => row.Student, StringComparer.Ordinal).ThenByDescending(row => row.InteractionId, StringComparer.Ordinal),
        ];
        Counts =
        [
            .. weekly.Where(week => IsChosen(week.Key.ExerciseId, week.Key.Week)).OrderBy(week => week.Key.ExerciseId, StringComparer.Ordinal).ThenBy(week => week.Key.Week)
                .Select(week => known.Contains(week.Key)
                    ? new ExportCount(week.Key.ExerciseId, week.Key.Week, week.Distinct().Count(), week.Count())
                    : new ExportCount(week.Key.ExerciseId, week.Key.Week, null, null)),
        ];

        int WeekOf(ExportKey row) => (int)((row.AskedAt - First) / Week);

        bool IsChosen(string exercise, int week) =>
            (choice.Exercise is null || choice.Exercise == exercise) && week >= (choice.FirstWeek ?? 0) && week <= (choice.LastWeek ?? int.MaxValue);
    }

    /// <summary>When the course's first request was asked, Unix milliseconds: week 0 begins.</summary>
    public long First { get; }

    /// <summary>How many weeks the course's requests span.</summary>
    public int Weeks { get; }

    /// <summary>Exercises that may be named.</summary>
    public IReadOnlyList<string> Exercises { get; }

    /// <summary>In the order in which they leave, which tells no time.</summary>
    public IReadOnlyList<PlannedRow> Rows { get; }
    public IReadOnlyList<ExportCount> Counts { get; }

    /// <summary>Chosen, but of weeks in which too few asked for a period to hold them.</summary>
    public int LeftOut { get; }

    private static bool Enough(IEnumerable<string> students) => students.Distinct().Take(K).Count() == K;
}

/// <summary>One request of an export before its texts are read.</summary>
public sealed record PlannedRow(string InteractionId, string Student, string Exercise, int? Week);
