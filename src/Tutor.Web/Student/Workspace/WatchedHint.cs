using Tutor.Core.Evidence;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Runtime.Hints;
using Tutor.Web.Ui;

namespace Tutor.Web.Student.Workspace;

/// <summary>One interaction as its page shows it, brought forward by what the desk tells.</summary>
public sealed class WatchedHint(Interaction row)
{
    private readonly List<HintUpdate.Step> steps = [];

    /// <summary>As the ledger held it when the page looked, and as it ended.</summary>
    public Interaction Row { get; private set; } = row;
    public bool IsOpen => Row.IsOpen;
    public HintUpdate.Queued? Queue { get; private set; }

    /// <summary>Stages so far with their latest state, in the order they began.</summary>
    public IReadOnlyList<HintUpdate.Step> Steps => steps;
    public RunEvidence? Evidence { get; private set; } = row.Evidence;
    public StreamedText Text { get; } = new();

    /// <summary>Why the text began anew, when it did.</summary>
    public string? Restarted { get; private set; }

    /// <returns>True when more than the text changed, so that the page around it has to show something new.</returns>
    public bool Take(HintUpdate update)
    {
        switch (update)
        {
            case HintUpdate.Text text:
                var first = Text.IsEmpty;
                Text.Put(text.Offset, text.Added);
                return first;
            case HintUpdate.Held:
                Text.Hold();
                return false;
            case HintUpdate.Restarted restarted:
                Restarted = restarted.Reason;
                Text.Restart();
                return true;
            case HintUpdate.Queued queued:
                Queue = queued;
                return true;
            case HintUpdate.Step step:
                Queue = null;
                var known = steps.FindIndex(s => s.Name == step.Name);
                if (known < 0) steps.Add(step);
                else steps[known] = step;
                return true;
            case HintUpdate.Evidence evidence:
                Evidence = evidence.Found;
                return true;
            case HintUpdate.Finished finished:
                Row = finished.Interaction;
                Evidence = Row.Evidence ?? Evidence;
                Queue = null;
                Text.Finish();
                return true;
            default:
                return false;
        }
    }

    /// <summary>The level of the hint: reached when it is there, asked for until then.</summary>
    public Core.Hints.HintLevel Level => Row.Level ?? Row.RequestedLevel;

    public bool CanBeContinued => Row.State is InteractionState.Done or InteractionState.Cancelled;
}
