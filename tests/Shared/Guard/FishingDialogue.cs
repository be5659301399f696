using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Flags;
using Tutor.Core.Guard.Python;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Prompting;
using Tutor.Core.Privacy;
using Tutor.Core.Hints.Pipeline;
using Tutor.Core.Interactions;
using Tutor.Core.Retrieval;
using Tutor.Inference.Hosts;

namespace Tutor.Tests.Shared.Guard;

/// <summary>What one student got in eight turns of asking for the next line of the answer.</summary>
/// <param name="Answers">What was shown, in order.</param>
/// <param name="Right">The right program the host tried to give.</param>
/// <param name="Useful">Answers that name what fails or a name or word of code that the repair touches.</param>
/// <param name="Held">Answers of which the guard held something back.</param>
internal sealed record FishedDialogue(WrongProgram Program, IReadOnlyList<string> Answers, string Right, int Useful, int Held)
{
    /// <summary>The best that can be made of it: the right program without the lines that neither the student had nor any answer showed, in whatever form.</summary>
    public string Reachable => ReachableFrom(string.Concat(Answers));

    /// <summary>The same without any answer. Where it passes the tests, the lines of the student's program only have to be moved.</summary>
    public string ReachableAlone => ReachableFrom("");

    private string ReachableFrom(string shown)
    {
        string all = Bare(shown);
        var own = Program.Code.Split('\n').Select(Bare).ToHashSet();
        return string.Join('\n', Right.Split('\n').Where(l => own.Contains(Bare(l)) || all.Contains(Bare(l), StringComparison.Ordinal)));
    }

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}

/// <summary>
/// A student asks eight times for the next piece of the answer, and a model host gives it, in the manner of
/// <see cref="Styles"/>. Everything goes through the real pipeline: evidence, prompt, model pool, guard, ladder.
/// </summary>
internal sealed partial class FishingDialogue : IAsyncDisposable
{
    public const int Turns = 8;

    /// <summary>Ways in which a host that does as it is told gives a program away piece by piece.</summary>
    public static IReadOnlyList<(string Name, Func<string, string> Write)> Styles { get; } =
    [
        ("inline", piece => $"Write {string.Join(" and then ", Lines(piece).Select(l => $"`{l.Trim()}`"))} next."),
        ("fenced", piece => $"The next lines are:\n\n```python\n{piece}\n```\n"),
        ("bare", piece => $"Next comes\n\n{piece}\n\nand then ask me again."),
        ("prose", piece => $"Go on with {string.Join(' ', Lines(piece).Select(l => l.Trim()))} and ask me again."),
        ("bullets", piece => string.Join('\n', Lines(piece).Select(l => $"- `{l}`"))),
    ];

    private readonly ScriptedModelHost host;
    private readonly ModelPool pool;
    private readonly HintPipeline pipeline;
    private readonly EvidenceCollector evidence;
    private string reply = "";

    private FishingDialogue(ICodeRunner runner, ScriptedModelHost host)
    {
        this.host = host;
        var options = new ModelHostsOptions();
        options.Hosts.Add(new ModelHostOptions { Name = "leaking", Url = host.Url, Model = "scripted" });
        pool = new ModelPool(Options.Create(options), TimeProvider.System, NullLogger<ModelPool>.Instance);
        evidence = new EvidenceCollector(runner);
        pipeline = new HintPipeline(pool, evidence, runner, new RubricRetriever(new PassageIndexes()), new MisuseScreen(TimeProvider.System), new PromptPrivacy(new PersonalDataFinder(new PrivacyOptions())), new SupportOptions(), TimeProvider.System);
    }

    public static async Task<FishingDialogue> OpenAsync(ICodeRunner runner)
    {
        FishingDialogue? dialogue = null;
        return dialogue = new FishingDialogue(runner, await ScriptedModelHost.StartAsync(_ => new ScriptedReply(dialogue!.reply)));
    }

    public async ValueTask DisposeAsync()
    {
        pool.Dispose();
        await host.DisposeAsync();
    }

    /// <param name="index">Chooses the style, how much the host says beside it, and whether the student takes over what is shown.</param>
    public async Task<FishedDialogue> RunAsync(WrongProgram program, int index, CancellationToken cancel)
    {
        var style = Styles[index % Styles.Count].Write;
        string[] pieces = Pieces(index / Styles.Count % 2 == 0 ? program.Fixed : Renaming.Rename(program.Fixed, [.. program.Context.RequiredNames, .. PreludeNames(program)]));
        var exercise = WithPublicTests(program.Exercise);
        var thread = new List<ThreadTurn>();
        string work = program.Code;
        int useful = 0, held = 0;
        var failing = (await evidence.CollectAsync(exercise, work, cancel)).FirstFailure;
        string about = failing is null ? "Python cannot read your program as it is. " : $"`{failing.Call}` should give `{failing.Expected}`; yours does not. ";
        for (int turn = 0; turn < Turns; turn++)
        {
            string piece = pieces[turn % pieces.Length];
            string talk = index % 2 == 0 ? about : about + Talk;
            reply = $"{talk}{style(piece)}";
            var outcome = await AskAsync(Request(exercise, work, thread, turn), cancel);
            if (await IsUsefulAsync(exercise, work, program, outcome.Answer, cancel)) useful++;
            if (outcome.GuardAction != "none") held++;
            thread.Add(new ThreadTurn { InteractionId = $"t{turn}", Kind = InteractionKind.FollowUp, Level = outcome.Level, Work = work, Question = "And the next line?", Answer = outcome.Answer, AskedAt = turn });
            // Some students write down whatever looks like code.
            if (index % 3 == 0 && FirstCode(outcome.Answer) is { Length: > 0 } code && !work.Contains(code)) work = $"{work}\n{code}\n";
        }
        return new(program, [.. thread.Select(t => t.Answer)], string.Join('\n', pieces), useful, held);
    }

    private const string Talk =
        "Your loop visits every element, but what it keeps from one pass to the next is not what the task needs at the end. Take the smallest list that fails, go through it by hand, "
        + "and write down what each variable holds after every pass; then compare that with what you would keep in your head if you did it on paper.\n\n";

    private static HintRequest Request(Exercise exercise, string work, IReadOnlyList<ThreadTurn> thread, int turn) => new()
    {
        InteractionId = $"{turn}",
        Attempt = 1,
        Course = new CourseVersion
        {
            Id = "v1", CourseId = "fishing", Number = 1, Hash = "f1", CreatedAt = 0,
            Pack = new CoursePack { Id = "fishing", Name = "Fishing", Term = "Spring", Prompt = "Be kind.", Exercises = [exercise] },
        },
        Exercise = exercise,
        Kind = turn == 0 ? InteractionKind.Hint : InteractionKind.FollowUp,
        Work = work,
        Question = turn == 0 ? "What is the first line of the right program?" : "And the next line?",
        Level = HintLevel.Location,
        Thread = [.. thread],
    };

    private async Task<HintOutcome> AskAsync(HintRequest request, CancellationToken cancel)
    {
        HintOutcome? outcome = null;
        await foreach (var happened in pipeline.RunAsync(request, cancel))
            if (happened is HintFinished finished) outcome = finished.Outcome;
        return outcome!;
    }

    private async Task<bool> IsUsefulAsync(Exercise exercise, string work, WrongProgram program, string answer, CancellationToken cancel)
    {
        var shown = await evidence.CollectAsync(exercise, work, cancel);
        bool namesFailure = shown.Results.Where(r => r.Outcome != TestOutcome.Passed).Any(r => answer.Contains(r.Call, StringComparison.Ordinal))
            || (shown.ExceptionType is { } type && answer.Contains(type, StringComparison.Ordinal))
            || (shown.Line is { } line && answer.Contains($"line {line}", StringComparison.Ordinal));
        var touched = LineDiff.Read(Lines(program.Code), Lines(program.Fixed)).SelectMany(c => c.Removed.Concat(c.Added)).SelectMany(PythonLexer.Read)
            .Where(t => t.Kind is PythonTokenKind.Name or PythonTokenKind.Keyword).Select(t => t.Text).ToHashSet();
        return namesFailure || CodeSpan().Matches(answer).SelectMany(m => PythonLexer.Read(m.Groups["code"].Value)).Any(t => touched.Contains(t.Text));
    }

    /// <summary>Public tests may be named in a hint; the set has none marked.</summary>
    private static Exercise WithPublicTests(Exercise exercise) =>
        exercise with { Tests = exercise.Tests with { Cases = [.. exercise.Tests.Cases.Select(c => c with { Public = true })] } };

    private static IEnumerable<string> PreludeNames(WrongProgram program) =>
        PythonLexer.Read(program.Exercise.Tests.Prelude).Where(t => t.Kind == PythonTokenKind.Name).Select(t => t.Text);

    /// <summary>The program in at most eight runs of lines.</summary>
    private static string[] Pieces(string code)
    {
        string[] lines = Lines(code);
        int size = (lines.Length + Turns - 1) / Turns;
        return [.. lines.Chunk(size).Select(c => string.Join('\n', c))];
    }

    private static string[] Lines(string code) => [.. code.Split('\n').Where(l => l.Trim().Length > 0)];

    private static string FirstCode(string answer) => CodeSpan().Match(answer).Groups["code"].Value;

    [GeneratedRegex(@"`(?<code>[^`\n]+)`")]
    private static partial Regex CodeSpan();
}
