namespace Tutor.Core.Privacy.Export;

/// <summary>Takes people out of requests, one after the other: roster first, then what has a form of its own, then what a person strikes out.</summary>
/// <remarks>Remembers of the texts only what a person has to look at, so that a course of any size fits into memory.</remarks>
/// <param name="people">Everyone who is or was in the course.</param>
/// <param name="struck">Words that a person wants out as well.</param>
/// <param name="courseTexts">Tasks and notes, whose words need no second look.</param>
public sealed class ExportCleaner(
    PersonalDataFinder finder, string courseId, IReadOnlyList<RosterPerson> people, byte[] key, IReadOnlyCollection<string> struck, IEnumerable<string> courseTexts)
{
    private readonly Pseudonyms pseudonyms = new(key, courseId);
    private readonly Roster roster = new(people);
    private readonly NameCheck names = new(people);
    private readonly RareWords rare = new(courseTexts);

    /// <summary>How many places were replaced.</summary>
    public int Replaced { get; private set; }

    /// <summary>Names of the roster that are still there; nothing may leave while this is not empty.</summary>
    public IReadOnlyList<string> Remaining => names.Found;

    /// <summary>What no rule took for a name and a person should look at, the rarest first.</summary>
    public IReadOnlyList<RareWord> RareWords => rare.Found();

    public ExportRow Clean(PlannedRow planned, ExportSourceRow row) => new(
        planned.Student, planned.Exercise, planned.Week, row.Kind, row.Level, row.Writer, row.State, row.GuardAction, row.Rating, row.Model, row.PromptVersion,
        row.CostMicro / 1_000_000m, row.TestsPassed, row.Tests, row.FirstFailingTest, row.Misconception,
        Clean(row.Question, row.StudentId), Clean(row.Work, row.StudentId), Clean(row.Answer, row.StudentId));

    private string Clean(string text, string author)
    {
        var found = finder.Find(text, roster, author);
        Replaced += found.Count;
        var clean = PersonalDataFinder.Replace(text, found, f => f.PersonId is { } id ? Named(pseudonyms.Of(id), f.InIdentifier) : PromptMask.Word(f.Kind));
        clean = struck.Aggregate(clean, (t, word) => t.Replace(word, "[removed]", StringComparison.Ordinal));
        names.Look(clean);
        rare.Look(clean);
        return clean;
    }

    // A program stays one: hyphens and brackets would make something else of its names.
    private static string Named(string pseudonym, bool inIdentifier) => inIdentifier ? pseudonym.Replace('-', '_') : pseudonym;
}
