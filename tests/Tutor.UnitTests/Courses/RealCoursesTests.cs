using Tutor.Core.Courses;
using Tutor.Core.Guard;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Writing;
using Tutor.UnitTests.Evidence;

namespace Tutor.UnitTests.Courses;

/// <summary>The sample courses that come with Tutor.</summary>
[Collection(nameof(EvidenceFixture))]
public sealed class RealCoursesTests(EvidenceFixture sandbox)
{
    public static TheoryData<string> Courses => [.. Directory.EnumerateFiles(Path.Combine(Root(), "courses"), "course.yaml", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!))];

    [Theory]
    [MemberData(nameof(Courses))]
    public void A_sample_course_has_no_problems(string course)
    {
        var (_, problems) = CoursePackLoader.Load(Path.Combine(Root(), "courses", course));

        Assert.Empty(problems.Select(p => p.ToString()));
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public async Task Its_references_pass_its_tests_and_its_starters_do_not(string course)
    {
        if (CoursePackLoader.Load(Path.Combine(Root(), "courses", course)).Pack is not { } pack) throw new InvalidOperationException("The course has problems, see the test above.");

        Assert.Empty((await new PackTrial(sandbox.Required).CheckAsync(pack, TestContext.Current.CancellationToken)).Select(p => p.ToString()));
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public async Task No_hint_of_its_ladders_hands_over_an_answer(string course)
    {
        var pack = CoursePackLoader.Load(Path.Combine(Root(), "courses", course)).Pack!;
        var leaks = new List<string>();
        foreach (var exercise in pack.Exercises)
        {
            var guard = new LeakGuard(GuardContext.For(exercise, exercise.Starter, HintLevel.PseudoCode), sandbox.Required);
            foreach (var (name, hints) in LaddersOf(exercise))
            {
                foreach (var (level, hint) in hints)
                {
                    var verdicts = await guard.JudgeAsync(hint, TestContext.Current.CancellationToken);
                    leaks.AddRange(verdicts.Select(v => $"{exercise.Id}, {name}, {level}: {v.Layer}: {v.Span}: {v.Reason}"));
                }
            }
        }

        Assert.Empty(leaks);
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public void A_model_answer_gives_none_of_the_signals_its_ladder_speaks_about(string course)
    {
        var tasks = CoursePackLoader.Load(Path.Combine(Root(), "courses", course)).Pack!.Exercises.Where(e => e.Kind == ExerciseKind.Writing);

        var given =
            from task in tasks
            let treated = task.Ladder.Misconceptions.SelectMany(m => m.Signatures).Select(s => s.Signal)
            from answer in task.References
            from signal in WritingSignals.Read(answer, task.Words)
            where treated.Contains(signal.Id)
            select $"{task.Id}: {signal.Id}: {signal.Finding} {signal.Quote}";

        Assert.Empty(given);
    }

    private static IEnumerable<(string Name, IReadOnlyDictionary<HintLevel, string> Hints)> LaddersOf(Exercise exercise) =>
        [.. exercise.Ladder.Misconceptions.Select(m => (m.Id, m.Hints)), ("otherwise", exercise.Ladder.Otherwise), ("solved", exercise.Ladder.Solved)];

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tutor.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No folder above the tests holds Tutor.sln.");
        return folder;
    }
}
