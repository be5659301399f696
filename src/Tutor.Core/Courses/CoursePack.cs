using Tutor.Core.Hints;

namespace Tutor.Core.Courses;

/// <summary>A course as its instructor wrote it: the files of one folder under <c>courses/</c>, read and validated.</summary>
/// <remarks>A published <see cref="CourseVersion"/> holds exactly one pack and never changes. Serialised to JSON for the ledger.</remarks>
public sealed record CoursePack
{
    /// <summary>Folder name; part of every URL of the course. Lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Term { get; init; }
    public string Description { get; init; } = "";

    /// <summary>People offered by the development sign-in. Never used elsewhere.</summary>
    public IReadOnlyList<DemoPerson> DemoPeople { get; init; } = [];
    public HintPolicy Policy { get; init; } = new();
    public Quota Quota { get; init; } = new();
    public ModelSettings Model { get; init; } = new();

    /// <summary>The course's own instructions to the model (<c>prompt.md</c>).</summary>
    public required string Prompt { get; init; }

    /// <summary>Criteria in the order of <c>rubric.md</c>.</summary>
    public IReadOnlyList<Criterion> Rubric { get; init; } = [];
    public IReadOnlyList<Material> Materials { get; init; } = [];

    /// <summary>Texts of closed assessments, to recognise where they are pasted; never in a prompt.</summary>
    public IReadOnlyList<Assessment> Assessments { get; init; } = [];

    /// <summary>IANA name of the zone in which the course's days begin and its times are read; null where the installation's holds.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Last day of the term; null where the course does not say. Flags are kept for some time after it.</summary>
    public DateTimeOffset? TermEnds { get; init; }

    /// <summary>Days after which a student's request is deleted with everything about it; null where the installation's own limit holds.</summary>
    public int? KeepDays { get; init; }

    /// <summary>Exercises in teaching order.</summary>
    public IReadOnlyList<Exercise> Exercises { get; init; } = [];

    public Exercise? FindExercise(string exerciseId) => Exercises.FirstOrDefault(e => e.Id == exerciseId);

    /// <summary>The policy that holds for one exercise: its own where it sets one, else the course's.</summary>
    public HintPolicy PolicyFor(Exercise exercise) => exercise.Policy ?? Policy;
}

/// <summary>A person offered by the development sign-in with their role in this course.</summary>
/// <param name="Role">student, ta, instructor or welfare.</param>
public sealed record DemoPerson(string Id, string Name, string Role);

/// <summary>What Tutor may give away on an exercise.</summary>
public sealed record HintPolicy
{
    public HintLevel HighestLevel { get; init; } = HintLevel.Example;

    /// <summary>Whether a first hint needs an attempt that differs from the starter.</summary>
    public bool AttemptFirst { get; init; }

    /// <summary>What happens when a model's reply gives the answer away.</summary>
    public LeakAction OnLeak { get; init; } = LeakAction.AskAgain;

    /// <summary>When the solution itself may be talked about.</summary>
    public SolutionTalk Solution { get; init; } = SolutionTalk.Never;

    /// <param name="due">The exercise's due date; null where it has none.</param>
    /// <param name="passes">The student's program passes every test and keeps every rule.</param>
    public bool MayDiscussSolution(DateTimeOffset? due, bool passes, DateTimeOffset now)
    {
        bool isOver = due is { } end && now > end;
        return Solution switch
        {
            SolutionTalk.AfterDue => isOver,
            SolutionTalk.AfterPass => passes,
            SolutionTalk.AfterDueOrPass => isOver || passes,
            _ => false,
        };
    }
}

/// <summary>What happens to a model's reply that gives the answer away.</summary>
public enum LeakAction
{
    /// <summary>The model is asked once more; what leaks again is cut, and where too little is left the instructor's hint is shown.</summary>
    AskAgain,

    /// <summary>The reply is cut at once; where too little is left the instructor's hint is shown.</summary>
    Redact,

    /// <summary>The instructor's hint is shown at once.</summary>
    Ladder,
}

/// <summary>When the solution itself may be talked about.</summary>
public enum SolutionTalk { Never, AfterDue, AfterPass, AfterDueOrPass }

/// <summary>How many hints one student may ask for in one course and day.</summary>
public sealed record Quota
{
    public int HintsPerDay { get; init; } = 40;
}

/// <summary>How the course wants its model used. Hosts themselves are in <c>appsettings.json</c>.</summary>
public sealed record ModelSettings
{
    /// <summary>Model name to ask hosts for; empty takes the host's own default.</summary>
    public string Name { get; init; } = "";
    public float Temperature { get; init; } = 0.3f;
    public int MaxOutputTokens { get; init; } = 500;

    /// <summary>Budget for the composed prompt, in tokens.</summary>
    public int MaxPromptTokens { get; init; } = 6000;
}

/// <summary>Who may see a passage, a criterion or a test.</summary>
public enum Audience { Student, Staff }

/// <summary>One criterion of the rubric with its performance levels, best first.</summary>
public sealed record Criterion
{
    public required string Id { get; init; }
    public required string Title { get; init; }

    /// <summary>What the criterion asks for, Markdown.</summary>
    public required string Description { get; init; }
    public IReadOnlyList<PerformanceLevel> Levels { get; init; } = [];
    public Audience Audience { get; init; } = Audience.Student;

    /// <summary>Exercises the criterion is for; empty means all.</summary>
    public IReadOnlyList<string> Exercises { get; init; } = [];
}

/// <summary>One performance level of a criterion, for example "Strong: the claim can be argued against".</summary>
public sealed record PerformanceLevel(string Name, string Description);

/// <summary>A Markdown file under <c>materials/</c>.</summary>
/// <param name="Path">Relative to the pack, with forward slashes.</param>
public sealed record Material(string Path, string Title, string Markdown, Audience Audience);
