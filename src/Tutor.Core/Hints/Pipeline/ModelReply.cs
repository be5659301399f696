using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.AI;
using Tutor.Core.Guard;
using Tutor.Core.Guard.Calls;
using Tutor.Core.Hints.Prompting;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>One reply of a model on its way through the gate.</summary>
/// <param name="draft">Text that the student has already and the model continues.</param>
internal sealed class ModelReply(LeakGuard guard, Func<CallCheck?> checkCalls, string draft, LineMarks marks, HintLog log)
{
    private readonly StringBuilder received = new();
    private readonly Stopwatch judging = new();
    private MarkRemover remover = marks.OpenRemover();
    private CallCheck? calls = checkCalls();
    private HintGate? gate;

    /// <summary>Everything the model wrote, without line marks; of a reply that was cut off, up to its last whole sentence.</summary>
    public string Received => WasCut ? received.ToString(0, GateCuts.LastWhole(received.ToString(), 0)) : received.ToString();
    public string Released => Gate.Released;
    public IReadOnlyList<LeakVerdict> Verdicts => Gate.Verdicts;
    public bool Leaked => Gate.Verdicts.Count > 0;

    /// <summary>Calls of a library that do not exist, and were mended.</summary>
    public IReadOnlyList<LeakVerdict> Mended => calls?.Findings ?? [];

    /// <summary>The reply ended at a limit, not where the model was done.</summary>
    public bool WasCut { get; private set; }
    public string? Model { get; private set; }
    public string? Host { get; private set; }
    public TimeSpan JudgedFor => judging.Elapsed;

    private HintGate Gate => gate ??= guard.OpenGate(draft, calls);

    public async Task TakeAsync(ChatResponseUpdate update, CancellationToken cancel)
    {
        Model = update.ModelId ?? Model;
        Host = Property(update, ModelCall.Host) ?? Host;
        if (Property(update, ModelCall.Restarted) is { } why) BeginAnew(why);
        if (update.Text.Length > 0) await PassAsync(remover.Take(update.Text), cancel);
        WasCut |= update.FinishReason is { } end && (end == ChatFinishReason.Length || end == ChatFinishReason.ContentFilter);
    }

    /// <summary>The reply is over: lets through what was held, if it may be.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        await PassAsync(remover.Finish(), cancel);
        if (!Leaked) await ReleaseAsync(WasCut ? Gate.FinishCutAsync(cancel) : Gate.FinishAsync(cancel));
    }

    private void BeginAnew(string why)
    {
        log.TakeBack(why);
        received.Clear();
        (remover, calls) = (marks.OpenRemover(), checkCalls());
        gate = guard.OpenGate("", calls);
    }

    private async Task PassAsync(string text, CancellationToken cancel)
    {
        if (text.Length == 0) return;

        received.Append(text);
        await ReleaseAsync(Gate.FeedAsync(text, cancel));
    }

    private async Task ReleaseAsync(Task<GateStep> judged)
    {
        judging.Start();
        var step = await judged;
        judging.Stop();
        if (step.Released.Length > 0) log.Tell(new TextReleased(step.Released));
        if (step.HoldingBegan) log.Tell(new BlockHeld());
    }

    private static string? Property(ChatResponseUpdate update, string name) =>
        update.AdditionalProperties?.TryGetValue(name, out string? value) == true ? value : null;
}
