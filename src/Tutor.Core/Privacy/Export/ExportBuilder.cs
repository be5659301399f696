namespace Tutor.Core.Privacy.Export;

/// <summary>Takes people out of a course's requests: roster first, then what has a form of its own, then what a person strikes out.</summary>
public sealed class ExportBuilder(PersonalDataFinder finder)
{
    /// <summary>Fewer students than this are never counted, and no week tells of them.</summary>
    public const int K = 5;
    private const string FewStudents = "(few students)";
    private const long Week = 7L * 24 * 60 * 60 * 1000;

    /// <param name="people">Everyone who is or was in the course.</param>
    /// <param name="struck">Words that a person wants out as well.</param>
    /// <param name="courseTexts">Tasks and notes, whose words need no second look.</param>
    public CourseExport Build(
        string courseId, IReadOnlyList<ExportSourceRow> rows, IReadOnlyList<RosterPerson> people, byte[] key, IReadOnlyCollection<string> struck, IReadOnlyList<string> courseTexts)
    {
        var pseudonyms = new Pseudonyms(key, courseId);
        var roster = new Roster(people);
        var first = rows.Count == 0 ? 0 : rows.Min(r => r.AskedAt);
        int WeekOf(ExportSourceRow row) => (int)((row.AskedAt - first) / Week);
        var students = rows.ToLookup(r => r.ExerciseId, r => r.StudentId);
        var weekly = rows.ToLookup(r => (r.ExerciseId, WeekOf(r)), r => r.StudentId);
        string ExerciseOf(ExportSourceRow row) => Enough(students[row.ExerciseId]) ? row.ExerciseId : FewStudents;

        var replaced = 0;
        string Clean(string text, string author)
        {
            var found = finder.Find(text, roster, author);
            replaced += found.Count;
            var clean = PersonalDataFinder.Replace(text, found, f => f.PersonId is { } id ? Named(pseudonyms.Of(id), f.InIdentifier) : PromptMask.Word(f.Kind));
            return struck.Aggregate(clean, (t, word) => t.Replace(word, "[removed]", StringComparison.Ordinal));
        }

        var clean = rows.Select(r => new ExportRow(
            pseudonyms.Of(r.StudentId), ExerciseOf(r), Enough(weekly[(r.ExerciseId, WeekOf(r))]) ? WeekOf(r) : null, r.Kind, r.Level, r.Writer, r.State, r.GuardAction, r.Rating,
            Clean(r.Question, r.StudentId), Clean(r.Work, r.StudentId), Clean(r.Answer, r.StudentId))).OrderBy(r => r.Exercise, StringComparer.Ordinal).ThenBy(r => r.Student, StringComparer.Ordinal).ToList();
        var texts = clean.SelectMany(r => (string[])[r.Question, r.Work, r.Answer]).ToList();
        return new CourseExport
        {
            Rows = clean,
            Counts =
            [
                .. weekly.OrderBy(w => w.Key.ExerciseId, StringComparer.Ordinal).ThenBy(w => w.Key.Item2).Select(w =>
                    new ExportCount(w.Key.ExerciseId, w.Key.Item2, Enough(w) ? w.Distinct().Count() : null, Enough(w) ? w.Count() : null)),
            ],
            RareWords = RareWords.Of(texts, courseTexts),
            Replaced = replaced,
            Remaining = NameCheck.Remaining(texts, people),
        };
    }

    private static bool Enough(IEnumerable<string> students) => students.Distinct().Take(K).Count() == K;

    // A program stays one: hyphens and brackets would make something else of its names.
    private static string Named(string pseudonym, bool inIdentifier) => inIdentifier ? pseudonym.Replace('-', '_') : pseudonym;
}
