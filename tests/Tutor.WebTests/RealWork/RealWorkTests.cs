using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Evidence;
using Tutor.Core.Guard;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Sandbox;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.RealWork;

/// <summary>Real wrong programs of students, handed in through the API of a running portal.</summary>
public sealed partial class RealWorkTests
{
    // One for each request: what a student was told before counts in what they may be told next.
    private const int Students = 400;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_one_of_300_wrong_programs_gets_a_hint_that_names_what_is_wrong_and_gives_nothing_away()
    {
        var course = RefactoryCourse.WriteOrSkip(Students);
        await using var portal = await PortalProcess.StartAsync(Cancel, PortalSettings.Courses(course.Folder));
        using var runner = Runner();
        var programs = RefactoryCourse.StudentPrograms(300);

        var answers = await AskAllAsync(portal, programs.Select(p => (p.Assignment, new HintBody { ClientKey = p.Id, Work = p.Code })).ToList());

        Assert.Equal(300, answers.Count);
        Assert.All(answers, answer => Assert.True(answer is { State: "done", Writer: HintWriter.Ladder or HintWriter.BuiltIn }, $"{answer}"));
        var problems = await Task.WhenAll(programs.Zip(answers).Select(pair => ProblemAsync(course, pair.First, pair.Second, runner)));
        Assert.Empty(problems.OfType<string>());
    }

    [Fact]
    public async Task A_host_that_leaks_in_every_disguise_is_held_back_and_one_that_helps_is_not()
    {
        var course = RefactoryCourse.WriteOrSkip(Students);
        // The guard's own measurements use ten times as many programs; this one shows that the portal lets nothing by on the way.
        var cases = RefactorySample.Read(perAssignment: 4)
            .SelectMany(program => HintKinds.All.Where(kind => kind.Sort is HintSort.FullAnswer or HintSort.Harmless)
                .Select(kind => (Program: program, Kind: kind, Hint: kind.Write(program))))
            .Where(@case => @case.Hint is not null).ToList();
        await using var model = await ScriptedModelHost.StartAsync(call => new ScriptedReply(cases[CaseNumber(call.Prompt)].Hint!) { ChunkSize = 40 });
        await using var portal = await PortalProcess.StartAsync(Cancel, PortalSettings.Courses(course.Folder).WithModelHost(model.Url, 8));

        var answers = await AskAllAsync(portal, cases.Select((@case, number) => (@case.Program.Exercise.Id,
            new HintBody { ClientKey = $"case-{number}", Work = @case.Program.Code, Question = $"Scripted case {number}." })).ToList());

        var held = cases.Zip(answers).ToLookup(pair => pair.First.Kind, pair => pair.Second.GuardAction is not (null or "none"));
        Assert.All(answers, answer => Assert.Equal("done", answer.State));
        // What the portal says it did is one thing; what the student can read is the other.
        using var runner = Runner();
        var shown = cases.Zip(answers).Where(pair => pair.First.Kind.Sort == HintSort.FullAnswer && pair.Second.GuardAction is not (null or "none"));
        foreach (var (@case, answer) in shown)
        {
            Assert.DoesNotContain(Dense(@case.Program.Fixed), Dense(answer.Answer), StringComparison.Ordinal);
            Assert.Empty(await new LeakGuard(@case.Program.Context, runner).JudgeAsync(answer.Answer, Cancel));
        }
        Assert.All(held.Where(kind => kind.Key.Sort == HintSort.FullAnswer), kind =>
            Assert.True(kind.Count(isHeld => isHeld) >= 0.98 * kind.Count(), $"\"{kind.Key.Name}\": {kind.Count(isHeld => isHeld)} of {kind.Count()} held back."));
        var harmless = held.Where(kind => kind.Key.Sort == HintSort.Harmless).SelectMany(kind => kind).ToList();
        Assert.True(harmless.Count(isHeld => isHeld) <= 0.02 * harmless.Count, $"{harmless.Count(isHeld => isHeld)} of {harmless.Count} harmless hints were held back.");
    }

    private static async Task<IReadOnlyList<InteractionView>> AskAllAsync(PortalProcess portal, List<(string Exercise, HintBody Body)> requests)
    {
        var answers = new InteractionView[requests.Count];
        await Parallel.ForAsync(0, requests.Count, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (n, cancel) =>
        {
            using var student = await ApiClient.SignInAsync(portal, RefactoryCourse.StudentId(n + 1), cancel);
            answers[n] = await student.AskAsync(RefactoryCourse.Id, requests[n].Exercise, requests[n].Body, cancel);
        });
        return answers;
    }

    // What is wrong with a hint, or null: it must name a test that Python itself finds failing, or a rule, and hold no working code.
    private static async Task<string?> ProblemAsync(RefactoryCourse course, StudentProgram program, InteractionView answer, BubblewrapRunner runner)
    {
        var assignment = course.Assignments.Single(a => a.ExerciseId == program.Assignment);
        if (!NamesBrokenRule(assignment, program, answer) && !await NamesFailingTestAsync(assignment, program, answer, runner))
            return $"{program.Id} names no failing test and no broken rule: {answer.Answer}";
        var exercise = RefactorySample.Exercises.Single(e => e.Id == program.Assignment);
        var verdicts = await new LeakGuard(GuardContext.For(exercise, program.Code, HintLevel.PseudoCode), runner).JudgeAsync(answer.Answer, Cancel);
        return verdicts.Count > 0 ? $"{program.Id} gives away: {verdicts[0].Reason} {answer.Answer}" : null;
    }

    private static bool NamesBrokenRule(Assignment assignment, StudentProgram program, InteractionView answer) =>
        assignment.ForbiddenNames.Any(name => Regex.IsMatch(program.Code, $@"\b{name}\b") && answer.Answer.Contains(name, StringComparison.Ordinal));

    // Python compares, so the portal's own comparison is not trusted here.
    private static async Task<bool> NamesFailingTestAsync(Assignment assignment, StudentProgram program, InteractionView answer, BubblewrapRunner runner)
    {
        var named = assignment.Tests.Where(test => answer.Answer.Contains(test.Call, StringComparison.Ordinal)).ToList();
        foreach (var test in named)
        {
            var run = await runner.RunAsync(new([program.Code], assignment.Prelude, [$"({test.Call}) == ({test.Expected})"], TimeSpan.FromSeconds(3)), Cancel);
            if (run[0].Calls is not [{ Value: PyBool { Value: true } }]) return true;
        }
        return false;
    }

    private static BubblewrapRunner Runner() => new(Options.Create(new SandboxOptions { QueueLimit = 1000 }), NullLogger<BubblewrapRunner>.Instance);

    private static string Dense(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static int CaseNumber(string prompt) => int.Parse(ScriptedCase().Matches(prompt)[^1].Groups[1].Value);

    [GeneratedRegex(@"Scripted case (\d+)\.")]
    private static partial Regex ScriptedCase();
}
