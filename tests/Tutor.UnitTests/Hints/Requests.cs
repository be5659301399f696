using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.Retrieval;

namespace Tutor.UnitTests.Hints;

/// <summary>A small course with one program and one text to write, and requests for it.</summary>
internal static class Requests
{
    public const string Reference = "def total(numbers):\n    result = 0\n    for number in numbers:\n        result = result + number\n    return result\n";
    public const string Wrong = "def total(numbers):\n    result = 0\n    for number in numbers:\n        result = number\n    return result\n";

    public static Exercise Total { get; } = new()
    {
        Id = "total",
        Title = "Total",
        Kind = ExerciseKind.Code,
        Language = "python",
        Task = "Write `total(numbers)`, which returns the sum of a list of numbers. Do not use `sum`.",
        Starter = "def total(numbers):\n    ...\n",
        Tests = new TestSuite
        {
            Cases =
            [
                new TestCase { Id = "three", Call = "total([1, 2, 3])", Expected = "6", Public = true, Why = "three numbers" },
                new TestCase { Id = "hidden-negative", Call = "total([-41, 7])", Expected = "-34", Why = "a negative number" },
            ],
        },
        References = [Reference],
        Ladder = new HintLadder
        {
            Misconceptions =
            [
                new Misconception
                {
                    Id = "overwrites",
                    Title = "Overwrites the accumulator",
                    Signatures = [new Signature { Test = "three", Actual = "3" }],
                    Hints = new Dictionary<HintLevel, string>
                    {
                        [HintLevel.Nudge] = "Your function gives {actual} for `{call}`. Which of the numbers is that?",
                        [HintLevel.Concept] = "An accumulator keeps what it had and adds to it.",
                    },
                },
            ],
            Otherwise = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "Work through `{call}` on paper, one number at a time." },
            Solved = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "It works. Could a reader follow it?" },
        },
    };

    public static Exercise Thesis { get; } = new()
    {
        Id = "thesis",
        Title = "A thesis paragraph",
        Kind = ExerciseKind.Writing,
        Task = "Write a paragraph that states a claim one can argue against, and gives one piece of evidence.",
        References = ["School uniforms should be abolished because they cost poor families more than they save, as the survey of 2019 shows."],
        Ladder = new HintLadder { Otherwise = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "Who would disagree with your first sentence, and why?" } },
    };

    public static CourseVersion Course { get; } = Version(new CoursePack
    {
        Id = "intro",
        Name = "Introduction to Python",
        Term = "Spring",
        Prompt = "You are the tutor of a first programming course. Be brief and kind.",
        Rubric =
        [
            new Criterion { Id = "accumulate", Title = "Accumulates", Description = "A running total starts at zero and grows.", Levels = [new("Strong", "Starts right and grows right.")] },
            new Criterion { Id = "staff-note", Title = "Grading note", Description = "STAFF-ONLY: deduct for globals.", Audience = Audience.Staff },
        ],
        Exercises = [Total, Thesis],
    });

    public static IReadOnlyList<Passage> Passages { get; } =
    [
        Passage("p1", "materials/loops.md", "Accumulators", "An accumulator keeps a running total while a loop visits numbers."),
        Passage("p2", "materials/functions.md", "Functions", "A function returns a value to whoever called it."),
        Passage("p3", "materials/lists.md", "Lists", "A list holds numbers or other values in order."),
    ];

    public static HintRequest ForCode(string? work = null, string question = "Why is my total wrong?") => new()
    {
        InteractionId = "i1",
        Attempt = 1,
        Course = Course,
        Exercise = Total,
        Kind = InteractionKind.Hint,
        Work = work ?? Wrong,
        Question = question,
        Level = HintLevel.Nudge,
        Passages = Passages,
    };

    public static HintRequest ForText(string work, string question = "") =>
        ForCode(work, question) with { Exercise = Thesis };

    public static CourseVersion Version(CoursePack pack) => new() { Id = "v1", CourseId = pack.Id, Number = 1, Hash = "5e1f", CreatedAt = 0, Pack = pack };

    public static Passage Passage(string id, string source, string heading, string text) =>
        new() { Id = id, CourseVersionId = "v1", Source = source, Heading = heading, Text = text, Audience = Audience.Student };
}
