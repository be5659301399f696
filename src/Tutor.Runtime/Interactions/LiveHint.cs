using System.Text;
using Tutor.Data.Interactions;

namespace Tutor.Runtime.Interactions;

/// <summary>One attempt while it works: its steps and the text released so far. The runner writes it; nodes with viewers hold a mirror.</summary>
/// <remarks>
/// Text is addressed by revision and offset. A revision never changes its meaning: a new attempt and a text that begins anew
/// get new numbers. An attempt that goes on from a checkpoint says how much it shares with the revision before, so that a
/// reader who saw more than was checkpointed steps back to where the texts part.
/// </remarks>
internal sealed class LiveHint(string interactionId)
{
    private const int RevisionsPerAttempt = 256;

    private readonly Lock gate = new();
    private readonly List<LiveEvent> events = [];
    private readonly StringBuilder text = new();
    private TaskCompletionSource changed = NewSignal();
    private int attempt, revision, resumedRevision, resumedLength;
    private bool ended, everShown;

    public static LiveHint Begin(string interactionId, int attempt, HintDraft? draft)
    {
        var live = new LiveHint(interactionId) { attempt = attempt, revision = attempt * RevisionsPerAttempt };
        if (draft is null) return live;
        live.text.Append(draft.Text);
        live.everShown = true;
        (live.resumedRevision, live.resumedLength) = (draft.Revision, draft.Text.Length);
        return live;
    }

    public int Attempt { get { lock (gate) return attempt; } }
    public bool Ended { get { lock (gate) return ended; } }
    public string Text { get { lock (gate) return text.ToString(); } }
    public ShownText Shown { get { lock (gate) return new(text.ToString(), everShown); } }
    public int Revision { get { lock (gate) return revision; } }

    public void Note(LiveEvent what) => Change(() => events.Add(what));

    public void Append(string more) => Change(() =>
    {
        text.Append(more);
        everShown |= more.Length > 0;
    });

    /// <summary>Puts another text in the place of all released so far.</summary>
    public void Restart(string reason, string with = "") => Change(() =>
    {
        revision++;
        (resumedRevision, resumedLength) = (0, 0);
        text.Clear().Append(with);
        events.Add(new LiveEvent(LiveEvent.Restarted, "", reason));
    });

    public void End() => Change(() => ended = true);

    /// <summary>Wakes everyone who waits for a change.</summary>
    public void Wake() => Change(() => { });

    /// <summary>Everything after a position.</summary>
    public HintChunk Since(LivePosition seen)
    {
        lock (gate)
        {
            var eventsFrom = seen.Attempt == attempt ? Math.Min(seen.Events, events.Count) : 0;
            var offset = Shared(seen.Revision, seen.Offset);
            return new HintChunk(
                interactionId, attempt, eventsFrom, events[eventsFrom..], revision, resumedRevision, resumedLength,
                offset, text.ToString(offset, text.Length - offset), ended);
        }
    }

    /// <summary>Takes in what another node's runner says.</summary>
    /// <returns>False when something in between is missing and everything must be asked for.</returns>
    public bool Apply(HintChunk chunk)
    {
        lock (gate)
        {
            if (chunk.Attempt < attempt) return true;
            var eventsFit = chunk.EventsFrom == 0 || (chunk.Attempt == attempt && chunk.EventsFrom <= events.Count);
            var textFits = chunk.Offset == 0 || (chunk.Offset <= text.Length
                && (chunk.Revision == revision || (chunk.ResumedRevision == revision && chunk.Offset <= chunk.ResumedLength)));
            if (!eventsFit || !textFits) return false;
            (attempt, revision, resumedRevision, resumedLength) = (chunk.Attempt, chunk.Revision, chunk.ResumedRevision, chunk.ResumedLength);
            events.RemoveRange(chunk.EventsFrom, events.Count - chunk.EventsFrom);
            events.AddRange(chunk.Events);
            text.Length = chunk.Offset;
            text.Append(chunk.Text);
            ended = chunk.Ended;
            Signal();
            return true;
        }
    }

    /// <summary>Four characters are about a token of English or code; the exact count comes with the finish.</summary>
    public Checkpoint ToCheckpoint()
    {
        lock (gate) return new Checkpoint(interactionId, attempt, revision, text.ToString(), (text.Length + 3) / 4);
    }

    /// <summary>Completes at the next change. Take it before reading, or a change in between is missed.</summary>
    public Task ChangedAsync()
    {
        lock (gate) return changed.Task;
    }

    private int Shared(int seenRevision, int seenOffset) =>
        seenRevision == revision ? Math.Clamp(seenOffset, 0, text.Length)
        : resumedRevision != 0 && seenRevision == resumedRevision ? Math.Clamp(seenOffset, 0, resumedLength)
        : 0;

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            Signal();
        }
    }

    private void Signal()
    {
        changed.SetResult();
        changed = NewSignal();
    }

    // Readers must not run inside the writer's lock.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
