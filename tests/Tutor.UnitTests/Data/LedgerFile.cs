using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Flags;
using Tutor.Core.Guard;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.People;
using Tutor.Core.Privacy;
using Tutor.Data;
using Tutor.Data.Audit;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Data.Privacy;
using TestResult = Tutor.Core.Evidence.TestResult;

namespace Tutor.UnitTests.Data;

/// <summary>A ledger of one test's own, with one course and its people.</summary>
internal sealed class LedgerFile : IDisposable
{
    public const string Course = "intro-python";
    public const string Exercise = "average";
    public static readonly Viewer Student = new("sam-student");
    public static readonly Viewer Other = new("sue-student");
    public static readonly Viewer Ta = new("tom-ta");
    public static readonly Viewer Instructor = new("ines-instructor");
    public static readonly Viewer Stranger = new("max-elsewhere");
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);

    private readonly TempLedger ledger = new();

    private LedgerFile()
    {
        People = new PersonStore(Database, Clock);
        Courses = new CourseStore(Database, new VersionWriter(Clock));
        var (rosters, finder) = (new Rosters(Database, Clock), new PersonalDataFinder(new PrivacyOptions()));
        Ledger = new Ledger(Database, new FinishWriter(Clock), new SearchIndex(Database, rosters, finder), Clock);
        Audit = new AuditLog(Database, Clock);
        Names = new StudentNames(Database, Audit, rosters, finder, Clock);
        Interactions = new InteractionStore(Database, Names, Audit, Clock);
    }

    public TestClock Clock { get; } = new();
    public Database Database => ledger.Database;
    public string Address => ledger.Address;
    public PersonStore People { get; }
    public CourseStore Courses { get; }
    public Ledger Ledger { get; }
    public InteractionStore Interactions { get; }
    public AuditLog Audit { get; }
    public StudentNames Names { get; }

    public static async Task<LedgerFile> CreateAsync(CancellationToken cancel)
    {
        var file = new LedgerFile();
        await file.Courses.ImportAsync(Pack(), cancel);
        foreach (var (person, role) in new[] { (Student, Role.Student), (Other, Role.Student), (Ta, Role.Ta), (Instructor, Role.Instructor) })
        {
            await file.People.UpsertAsync(new Person { Id = person.PersonId, Name = person.PersonId, Demo = true }, cancel);
            await file.People.JoinAsync(Course, person.PersonId, role, cancel);
        }
        await file.People.UpsertAsync(new Person { Id = Stranger.PersonId, Name = "Max Elsewhere" }, cancel);
        return file;
    }

    public static CoursePack Pack(string prompt = "Be kind.", string id = Course) => new()
    {
        Id = id, Name = "Introduction to Python", Term = "Spring 2027", Prompt = prompt,
        Rubric =
        [
            new Criterion { Id = "edge-cases", Title = "Edge cases", Description = "Empty input works.", Levels = [new("Strong", "All of them")] },
            new Criterion { Id = "marking", Title = "Marking notes", Description = "Two points off.", Audience = Audience.Staff },
        ],
        Materials = [new Material("materials/loops.md", "Loops", "A loop visits each item.", Audience.Student)],
        Exercises = [new Exercise
        {
            Id = Exercise, Title = "Average", Kind = ExerciseKind.Code, Language = "python", Task = "Write average(numbers).", Starter = "def average(numbers):\n",
            Tests = new TestSuite { Cases = [new TestCase { Id = "empty-list", Call = "average([])", Expected = "None", Public = true }] },
            Ladder = new HintLadder { Otherwise = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "What does {call} give?" } },
        }],
    };

    public Task<SubmitResult> SubmitAsync(
        CancellationToken cancel, string? key = null, Viewer? student = null, int quota = 40, string work = "def average(n): return sum(n) / len(n)") =>
        Ledger.SubmitAsync(new NewInteraction
        {
            ClientKey = key ?? Guid.NewGuid().ToString(), StudentId = (student ?? Student).PersonId, CourseId = Course, CourseVersionId = "v",
            ExerciseId = Exercise, Kind = InteractionKind.Hint, Level = HintLevel.Nudge, Work = work, Question = "Why?",
        }, quota, cancel);

    public async Task<string> AskAsync(CancellationToken cancel, Viewer? student = null, string? key = null) =>
        Assert.IsType<SubmitResult.Accepted>(await SubmitAsync(cancel, key, student)).InteractionId;

    public async Task<(string Id, int Attempt)> RunAsync(CancellationToken cancel, string owner = "node-1")
    {
        var id = await AskAsync(cancel);
        var attempt = await Ledger.ClaimAsync(id, 0, owner, Lease, cancel);
        return (id, Assert.NotNull(attempt));
    }

    public static FinishedAttempt Finished(string id, int attempt, string answer = "Look at the empty list.") => new(
        id, attempt,
        new HintOutcome
        {
            State = InteractionState.Done, Answer = answer, Writer = HintWriter.Ladder, WriterReason = "No model is configured.", Level = HintLevel.Nudge,
            MisconceptionId = "forgets-empty", CostMicro = 12, InputTokens = 3, OutputTokens = 4,
            Evidence = new RunEvidence
            {
                State = EvidenceState.Ran,
                Results = [new TestResult { TestId = "empty-list", Call = "average([])", Public = true, Outcome = TestOutcome.Exception, ExceptionType = "ZeroDivisionError" }],
            },
            Basis = [new BasisItem("test", "empty-list", "An empty list", "average([]) raised ZeroDivisionError")],
            Verdicts = [new LeakVerdict(LeakLayer.OwnIdentifiers, "average(", "Defines the required function.")],
            Flags = [new FlagFinding("solution-seeking", "give-me", 1, FlagSeverity.Review, "question", 0, "Why", "Asks for the answer.")],
            Prompt = [new PromptMessage("system", "Be kind.")],
        },
        [new Step { Name = "clean", State = "ok", StartedAt = 1, EndedAt = 2 }, new Step { Name = "evidence", State = "ok", StartedAt = 2, EndedAt = 9 }],
        "trace-1");

    public async Task<long> CountAsync(string table, CancellationToken cancel) =>
        await Database.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM {table}", null, cancel);

    public void Dispose() => ledger.Dispose();
}
