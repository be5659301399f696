using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.AI;
using Tutor.Core.Guard;
using Tutor.Core.Hints.Prompting;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>One reply of a model on its way through the gate.</summary>
internal sealed class ModelReply(HintGate gate, LineMarks marks, HintLog log)
{
    private readonly MarkRemover remover = marks.OpenRemover();
    private readonly StringBuilder received = new();
    private readonly Stopwatch judging = new();
    private UsageDetails? usage;

    /// <summary>Everything the model wrote, without line marks.</summary>
    public string Received => received.ToString();
    public string Released => gate.Released;
    public IReadOnlyList<LeakVerdict> Verdicts => gate.Verdicts;
    public bool Leaked => gate.Verdicts.Count > 0;
    public bool Answered { get; private set; }
    public string? Model { get; private set; }
    public string? Host { get; private set; }
    public long CostMicro { get; private set; }
    public TimeSpan JudgedFor => judging.Elapsed;

    public async Task TakeAsync(ChatResponseUpdate update, CancellationToken cancel)
    {
        Answered = true;
        Model = update.ModelId ?? Model;
        Host = Property<string>(update, ModelCall.Host) ?? Host;
        CostMicro += Property<long>(update, ModelCall.CostMicro);
        usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
        if (update.Text.Length > 0) await PassAsync(remover.Take(update.Text), cancel);
    }

    /// <summary>The reply is over: lets through what was held, if it may be.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        await PassAsync(remover.Finish(), cancel);
        if (!Leaked) await ReleaseAsync(gate.FinishAsync(cancel));
    }

    /// <summary>As the host counted; where it was not heard to the end, as <see cref="TokenEstimate"/> puts it.</summary>
    public ModelUsage UsageOr(int promptTokens) => usage is null
        ? new(Answered ? promptTokens : 0, 0, TokenEstimate.Of(Received), CostMicro)
        : new((int)(usage.InputTokenCount ?? 0), (int)(usage.CachedInputTokenCount ?? 0), (int)(usage.OutputTokenCount ?? 0), CostMicro);

    private async Task PassAsync(string text, CancellationToken cancel)
    {
        if (text.Length == 0) return;

        received.Append(text);
        await ReleaseAsync(gate.FeedAsync(text, cancel));
    }

    private async Task ReleaseAsync(Task<GateStep> judged)
    {
        judging.Start();
        var step = await judged;
        judging.Stop();
        if (step.Released.Length > 0) log.Tell(new TextReleased(step.Released));
        if (step.HoldingBegan) log.Tell(new BlockHeld());
    }

    private static T? Property<T>(ChatResponseUpdate update, string name) =>
        update.AdditionalProperties?.TryGetValue(name, out T? value) == true ? value : default;
}
