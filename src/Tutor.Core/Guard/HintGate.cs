using System.Text;
using Tutor.Core.Guard.Calls;
using Tutor.Core.Guard.Reading;

namespace Tutor.Core.Guard;

/// <summary>What one chunk of a reply led to.</summary>
/// <param name="Released">Text that may be shown now; append it. May be empty.</param>
/// <param name="HoldingBegan">A block has begun that is held until it can be judged; say that something is being checked.</param>
/// <param name="Verdicts">Why the reply may not go on; when not empty, nothing more will ever be released.</param>
public sealed record GateStep(string Released, bool HoldingBegan, IReadOnlyList<LeakVerdict> Verdicts)
{
    public bool Leaked => Verdicts.Count > 0;
}

/// <summary>Lets through what may be shown of a reply while a model still writes it.</summary>
/// <remarks>
/// Prose flows by line, long prose by sentence; a block of code or quotation waits until it is over. Whatever is about to be
/// released is judged together with everything before it, so that ten small pieces count as one. Where the text is cut depends
/// on the text alone: the same reply gives the same output in any chunking.
/// </remarks>
public sealed class HintGate
{
    private readonly LeakGuard guard;
    private readonly CallCheck? calls;
    private readonly StringBuilder released = new();
    private readonly int skip;
    // Of the lines that are settled as a whole.
    private readonly List<HintPart> parts = [];
    private string text = "";
    private int scanned;
    private int settled;
    private bool holding;
    private string? openFence;
    private HintPartKind? openBlock;
    private IReadOnlyList<LeakVerdict> verdicts = [];

    internal HintGate(LeakGuard guard, string alreadyShown, CallCheck? calls)
    {
        this.guard = guard;
        this.calls = calls;
        skip = alreadyShown.Length;
        text = HintText.Visible(alreadyShown);
    }

    /// <summary>All text released by this gate, text shown by an earlier attempt included.</summary>
    public string Released => released.ToString();

    /// <summary>Why the reply was stopped; empty while it was not.</summary>
    public IReadOnlyList<LeakVerdict> Verdicts => verdicts;

    public Task<GateStep> FeedAsync(string chunk, CancellationToken cancel)
    {
        text += HintText.Visible(chunk);
        return AdvanceAsync(finished: false, cancel);
    }

    /// <summary>The reply is over: judges and releases what is still held.</summary>
    public Task<GateStep> FinishAsync(CancellationToken cancel) => AdvanceAsync(finished: true, cancel);

    /// <summary>The reply was cut off: forgets what is behind its last whole sentence, and a block that is still open, then judges and releases the rest.</summary>
    public Task<GateStep> FinishCutAsync(CancellationToken cancel)
    {
        text = text[..(openFence is not null ? settled : GateCuts.LastWhole(text, settled))];
        scanned = Math.Min(scanned, text.Length);
        return AdvanceAsync(finished: true, cancel);
    }

    private async Task<GateStep> AdvanceAsync(bool finished, CancellationToken cancel)
    {
        int before = Math.Max(released.Length, skip);
        bool wasHolding = holding;
        while (verdicts.Count == 0 && GateCuts.Next(text, scanned) is { } cut)
        {
            bool inside = StaysInside(text[scanned..cut], scanned);
            scanned = cut;
            if (!inside) await SettleAsync(cut, finished: false, cancel);
        }
        if (finished && verdicts.Count == 0)
        {
            await SettleAsync(text.Length, finished: true, cancel);
            if (verdicts.Count == 0) released.Append(calls?.Note);
        }

        string news = released.Length > before ? released.ToString(before, released.Length - before) : "";
        return new(news, holding && !wasHolding && verdicts.Count == 0, verdicts);
    }

    /// <summary>Whether a block that is held goes on: then there is nothing to read again.</summary>
    private bool StaysInside(string piece, int start)
    {
        if (openFence is not null) return !piece.Contains(openFence, StringComparison.Ordinal);
        bool wholeLine = piece.EndsWith('\n') && start > 0 && text[start - 1] == '\n';
        return openBlock is not null && wholeLine && HintPartReader.Continues(openBlock, piece[..^1], guard.Language);
    }

    /// <summary>Judges the hint up to where it is settled and releases what of that is new.</summary>
    private async Task SettleAsync(int cut, bool finished, CancellationToken cancel)
    {
        // What is settled never changes: only the rest is read again, from the start of its line.
        int from = LineStart(settled);
        var rest = guard.Read(text[from..cut], finished);
        holding = rest.SettledLength < rest.Text.Length;
        openBlock = holding ? rest.Parts[^1].Kind : null;
        openFence = holding && rest.Parts[^1].Kind == HintPartKind.Code ? LineMarkup.OpeningFence(rest.Text[rest.SettledLength..].Split('\n', 2)[0])?.Marks : null;
        int now = from + rest.SettledLength;
        if (now <= settled) return;

        if (holding) rest = guard.Read(text[from..now]);
        if (guard.CouldSayMore(rest, text[..now])) verdicts = await guard.JudgeAsync(HintText.Join(text[..now], parts, rest), cancel);
        if (verdicts.Count > 0) return;
        string news = HintLinks.Remove(rest, settled - from);
        released.Append(calls is null ? news : await calls.MendAsync(news));
        settled = now;
        int whole = LineStart(now);
        // A block of code before a fence in mid-line takes the blank start of that line for its own when it is read with it.
        parts.AddRange((whole == now ? rest : guard.Read(text[from..whole])).PartsAt(from));
    }

    private int LineStart(int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
}
