using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Guard.Calls;
using Tutor.Core.Guard.Layers;
using Tutor.Core.Guard.Python;
using Tutor.Core.Guard.Reading;
using Tutor.Core.Guard.Splicing;

namespace Tutor.Core.Guard;

/// <summary>Says whether a hint hands over what the student is to find. One instance per piece of work; safe to use from one thread.</summary>
/// <remarks>
/// Layers, cheap to strong: L0 takes the hint apart, L1 lets quotes of the student's own work pass, L2 own names, L3 missing part
/// of a reference, L4 code as prose, L5 splice and run; L6: each of them looks at the whole thread. Everything but L5 is pure. Where L5 cannot run, the limits are stricter.
/// How often each layer is right and wrong: tests/results/guard.md.
/// </remarks>
public sealed class LeakGuard
{
    private static readonly ILeakLayer[] CodeLayers = [new RequiredFunctionLayer(), new OwnStatementLayer(), new OwnIdentifierLayer(), new DeltaOverlapLayer(), new ProseCodeLayer(), new StepsLayer()];
    private static readonly ILeakLayer[] TextLayers = [new ReadyTextLayer(), new RewrittenSentenceLayer()];

    private readonly KnownWork work;
    private readonly IReadOnlyList<EarlierCode> earlier;
    private readonly SpliceTrial? trial;
    private readonly ICodeRunner? runner;
    private readonly IReadOnlyList<string> secrets;

    /// <param name="context">The work and what its exercise knows.</param>
    /// <param name="runner">For L5; null or switched off means stricter limits.</param>
    /// <param name="earlierHints">Hints already shown on this exercise, oldest first: ten one-line answers count as one answer (L6).</param>
    /// <param name="secrets">Marks of the prompt (the random tag around the student's text) that no reply may repeat.</param>
    public LeakGuard(GuardContext context, ICodeRunner? runner = null, IReadOnlyList<EarlierHint>? earlierHints = null, IReadOnlyList<string>? secrets = null)
    {
        work = new KnownWork(context);
        var works = new Dictionary<string, KnownWork>();
        earlier = [.. (earlierHints ?? []).Where(h => h.Text.Length > 0).Select(h =>
        {
            if (!works.TryGetValue(h.Work, out var then)) works[h.Work] = then = new KnownWork(context with { StudentText = h.Work });
            return new EarlierCode(new HintCode(HintText.Read(h.Text, language: context.Language)), then);
        })];
        this.runner = runner;
        trial = runner is not null && context.Tests.Cases.Count > 0 ? new SpliceTrial(work, runner) : null;
        this.secrets = secrets ?? [];
    }

    /// <summary>Judges a whole hint, or the part of one written so far, by the pure layers.</summary>
    /// <returns>Every reason to hold it back; empty when it may be shown.</returns>
    public IReadOnlyList<LeakVerdict> Judge(string hint) => Judge(Read(hint));

    /// <summary>Judges code alone, as if it stood in a block of a hint.</summary>
    public IReadOnlyList<LeakVerdict> JudgeCode(string code) => Judge($"~~~~~~~~\n{code}\n~~~~~~~~\n");

    /// <summary>Judges a hint by all layers, L5 in the sandbox included where there is one.</summary>
    /// <param name="everyLayer">Runs L5 also where a cheaper layer has already spoken; for measuring.</param>
    public Task<IReadOnlyList<LeakVerdict>> JudgeAsync(string hint, CancellationToken cancel, bool everyLayer = false) =>
        JudgeAsync(Read(hint), cancel, everyLayer);

    /// <summary>Opens a gate for one reply to this work.</summary>
    /// <param name="alreadyShown">Text an earlier attempt released of this same reply; it is judged again but not released again.</param>
    /// <param name="calls">Looks up the library calls of what is released; null leaves them as they are.</param>
    public HintGate OpenGate(string alreadyShown = "", CallCheck? calls = null) => new(this, alreadyShown, calls);

    /// <summary>The hint without its leaking blocks and spans; null when too little of it would be left to help.</summary>
    /// <remarks>Under the stricter limits: a reply that has leaked once gets no second benefit of the doubt.</remarks>
    public Task<string?> RedactAsync(string hint, CancellationToken cancel) => HintRedactor.RedactAsync(this, hint, cancel);

    internal CodeLanguage Language => work.Context.Language;

    /// <summary>Takes a hint apart as one about this work.</summary>
    internal HintText Read(string hint, bool finished = true) => HintText.Read(hint, finished, work.Context.Language);

    /// <summary>Whether the end of a hint could add to what the code layers see: plain sentences cannot, and need not be judged with all before them.</summary>
    internal bool CouldSayMore(HintText end, string whole) =>
        work.Context.Kind != ExerciseKind.Code || end.Parts.Any(p => p.Kind != HintPartKind.Prose) || end.Spans.Count > 0
        || StepsLayer.HasStep(end) || end.Prose.Split('\n').Any(line => ProseRun.Read(line, end.Language).Any()) || Echoes(whole).Any();

    internal async Task<bool> IsCleanAsync(string hint, CancellationToken cancel)
    {
        var text = Read(hint);
        return Judge(new HintCode(text), GuardLimits.Strict).Count == 0 && (await JudgeAsync(text, cancel)).Count == 0;
    }

    private GuardLimits Limits => trial is not null && runner!.OffReason is null ? GuardLimits.Usual : GuardLimits.Strict;

    internal async Task<IReadOnlyList<LeakVerdict>> JudgeAsync(HintText hint, CancellationToken cancel, bool everyLayer = false)
    {
        var code = new HintCode(hint);
        var verdicts = Judge(code, Limits);
        if ((verdicts.Count > 0 && !everyLayer) || Limits == GuardLimits.Strict || work.Context.SolutionOpen) return verdicts;
        try
        {
            return await trial!.RunAsync(code, earlier, cancel) is { } verdict ? [.. verdicts, verdict] : verdicts;
        }
        catch (SandboxUnavailableException)
        {
            // Fails closed: what could not be tried is judged as strictly as if there were no sandbox.
            return Judge(code, GuardLimits.Strict);
        }
    }

    private IReadOnlyList<LeakVerdict> Judge(HintText hint) => Judge(new HintCode(hint), Limits);

    private IReadOnlyList<LeakVerdict> Judge(HintCode code, GuardLimits limits)
    {
        ILeakLayer[] layers = work.Context.SolutionOpen ? [] : work.Context.Kind == ExerciseKind.Code ? CodeLayers : TextLayers;
        return [.. Echoes(code.Hint.Text), .. layers.SelectMany(l => l.Judge(code, earlier, work, limits))];
    }

    private IEnumerable<LeakVerdict> Echoes(string text) =>
        secrets.Where(s => s.Length > 0 && text.Contains(s, StringComparison.OrdinalIgnoreCase))
            .Select(s => new LeakVerdict(LeakLayer.PromptEcho, s, "The reply repeats a mark of the prompt."));
}
