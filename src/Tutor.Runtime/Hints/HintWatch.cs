using Tutor.Core.Evidence;
using Tutor.Data;
using Tutor.Data.Interactions;
using Tutor.Runtime.Admission;
using Tutor.Runtime.Interactions;

namespace Tutor.Runtime.Hints;

/// <summary>Turns what happens to an interaction into what one viewer has not been told yet.</summary>
internal sealed class HintWatch(int revision, int offset)
{
    private LivePosition seen = new(0, 0, revision, offset);
    private HintUpdate.Queued? place;
    private int endedAttempt;
    private bool justEnded;

    public IReadOnlyList<HintUpdate> News(LiveHint live)
    {
        var chunk = live.Since(seen);
        if (chunk.Attempt == 0) return [];
        var news = chunk.Events.Select(Told).OfType<HintUpdate>().ToList();
        // Where the texts part before what the viewer has, an update without new text still takes the surplus back.
        if (chunk.Text.Length > 0 || seen.Offset > chunk.Offset) news.Add(new HintUpdate.Text(chunk.Revision, chunk.Offset, chunk.Text));
        seen = chunk.End;
        justEnded = chunk.Ended && chunk.Attempt > endedAttempt;
        if (justEnded) endedAttempt = chunk.Attempt;
        return news;
    }

    /// <summary>Once for each attempt: time to look up how it ended.</summary>
    public bool AttemptJustEnded()
    {
        var just = justEnded;
        justEnded = false;
        return just;
    }

    public HintUpdate? Place(QueuePlace? at)
    {
        var now = new HintUpdate.Queued(at?.Place, at?.Wait ?? TimeSpan.Zero);
        if (now == place) return null;
        place = now;
        return now;
    }

    public IEnumerable<HintUpdate> End(Interaction row)
    {
        var have = seen.Revision == row.AnswerRevision ? Math.Clamp(seen.Offset, 0, row.Answer.Length) : 0;
        if (have < row.Answer.Length || seen.Offset > have)
            yield return new HintUpdate.Text(row.AnswerRevision, have, row.Answer[have..]);
        yield return new HintUpdate.Finished(row);
    }

    private static HintUpdate? Told(LiveEvent happened) => happened.Kind switch
    {
        LiveEvent.Step => new HintUpdate.Step(happened.Name, happened.Value),
        LiveEvent.Evidence when LedgerJson.Read<RunEvidence>(happened.Value) is { } evidence => new HintUpdate.Evidence(evidence),
        LiveEvent.Held => new HintUpdate.Held(),
        LiveEvent.Restarted => new HintUpdate.Restarted(happened.Value),
        _ => null,
    };
}
