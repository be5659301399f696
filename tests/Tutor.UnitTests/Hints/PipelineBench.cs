using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Evidence;
using Tutor.Core.Flags;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Pipeline;
using Tutor.Core.Hints.Prompting;
using Tutor.Core.Privacy;
using Tutor.Core.Retrieval;
using Tutor.Inference.Hosts;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Hints;

/// <summary>The whole pipeline over a real sandbox, and over a real model pool whose hosts speak by a script.</summary>
internal sealed class PipelineBench : IAsyncDisposable
{
    private readonly ModelPool pool;

    private PipelineBench(ICodeRunner runner, ScriptedModelHost? host)
    {
        Host = host;
        var options = new ModelHostsOptions { FirstTokenSeconds = 5, InterTokenSeconds = 1 };
        if (host is not null) options.Hosts.Add(new ModelHostOptions { Name = "gpu-1", Url = host.Url, Model = "scripted", ThinksFirst = false, InputPrice = 2, CachedPrice = 1, OutputPrice = 10 });
        pool = new ModelPool(Options.Create(options), TimeProvider.System, NullLogger<ModelPool>.Instance);
        Pipeline = new HintPipeline(
            pool, new EvidenceCollector(runner), runner, new RubricRetriever(new PassageIndexes()), new MisuseScreen(TimeProvider.System), new PromptPrivacy(new PersonalDataFinder(new PrivacyOptions())),
            new SupportOptions { Text = "Please talk to someone today.", Contacts = "Student support: room 12." }, TimeProvider.System);
    }

    public ScriptedModelHost? Host { get; }
    public HintPipeline Pipeline { get; }

    public static PipelineBench WithoutModel(ICodeRunner runner) => new(runner, null);

    public static async Task<PipelineBench> SayingAsync(ICodeRunner runner, params string[] replies) =>
        await AnsweringAsync(runner, call => new ScriptedReply(replies[Math.Min(call.Number, replies.Length) - 1]));

    public static async Task<PipelineBench> AnsweringAsync(ICodeRunner runner, Func<ScriptedCall, ScriptedReply> script) =>
        new(runner, await ScriptedModelHost.StartAsync(script));

    public async Task<PipelineRun> RunAsync(HintRequest request)
    {
        var run = new PipelineRun(request.Partial);
        await foreach (var happened in Pipeline.RunAsync(request, TestContext.Current.CancellationToken)) run.Take(happened);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        pool.Dispose();
        if (Host is not null) await Host.DisposeAsync();
    }
}

/// <summary>What a reader of the events sees.</summary>
internal sealed class PipelineRun(string partial)
{
    public List<HintEvent> Events { get; } = [];

    /// <summary>The text on the student's screen.</summary>
    public string Shown { get; private set; } = partial;

    /// <summary>Everything that was on it at any time.</summary>
    public string EverShown { get; private set; } = partial;
    public HintOutcome Outcome => Assert.IsType<HintFinished>(Events[^1]).Outcome;
    public IEnumerable<string> Steps => Events.OfType<StepEnded>().Select(e => $"{e.Step.Name} {e.Step.State}");

    public void Take(HintEvent happened)
    {
        Events.Add(happened);
        if (happened is TextRestarted) Shown = "";
        if (happened is not TextReleased { Text: var text }) return;
        Shown += text;
        EverShown += text;
    }
}
