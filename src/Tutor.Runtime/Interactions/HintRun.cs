using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data;
using Tutor.Data.Interactions;

namespace Tutor.Runtime.Interactions;

/// <summary>One attempt at one interaction in this process.</summary>
internal sealed class HintRun(Interaction row, int attempt, HintDraft? draft) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<Step> steps = [];

    public Interaction Row => row;
    public int Attempt => attempt;
    public HintDraft? Draft => draft;
    public LiveHint Live { get; } = LiveHint.Begin(row.Id, attempt, draft);
    public IReadOnlyList<Step> Steps => steps;
    public HintOutcome? Outcome { get; private set; }
    public CancellationToken Stopping => stop.Token;

    /// <summary>Completes when the attempt works no longer, however it ended; never faults.</summary>
    public Task Completion { get; internal set; } = Task.CompletedTask;

    public void Take(HintEvent happened)
    {
        switch (happened)
        {
            case StepStarted started: Live.Note(new LiveEvent(LiveEvent.Step, started.Name, "running")); break;
            case StepEnded ended:
                steps.Add(ended.Step);
                Live.Note(new LiveEvent(LiveEvent.Step, ended.Step.Name, ended.Step.State));
                break;
            case EvidenceReady ready: Live.Note(new LiveEvent(LiveEvent.Evidence, "", LedgerJson.Write(ready.Evidence))); break;
            case TextReleased released: Live.Append(released.Text); break;
            case BlockHeld: Live.Note(new LiveEvent(LiveEvent.Held, "", "")); break;
            case TextRestarted restarted: Live.Restart(restarted.Reason); break;
            case HintFinished finished: Outcome = finished.Outcome; break;
        }
    }

    public void Stop()
    {
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this moment, which is what was wanted.
        }
    }

    public void Dispose() => stop.Dispose();
}
