using Tutor.Core.Evidence;
using Tutor.Data.Interactions;

namespace Tutor.Runtime.Hints;

/// <summary>What someone who watches an interaction is told, in order. The last one is <see cref="Finished"/>.</summary>
public abstract record HintUpdate
{
    private HintUpdate() { }

    /// <summary>It waits for its turn.</summary>
    /// <param name="Place">From 1; null while the place is not known yet.</param>
    public sealed record Queued(int? Place, TimeSpan ExpectedWait) : HintUpdate;

    /// <summary>A stage changed.</summary>
    /// <param name="State">running, ok, skipped or failed.</param>
    public sealed record Step(string Name, string State) : HintUpdate;

    /// <summary>The tests were run.</summary>
    public sealed record Evidence(RunEvidence Found) : HintUpdate;

    /// <summary>Text to show: keep the first <paramref name="Offset"/> characters of what is there and put <paramref name="Text"/> after them.</summary>
    /// <param name="Revision">Name it with the offset reached to go on after a reload.</param>
    /// <param name="Offset">In UTF-16 code units, as in C# and JavaScript. 0 replaces everything.</param>
    public sealed record Text(int Revision, int Offset, string Added) : HintUpdate;

    /// <summary>A block is held back until it is judged.</summary>
    public sealed record Held : HintUpdate;

    /// <summary>The hint begins anew; new text follows.</summary>
    public sealed record Restarted(string Reason) : HintUpdate;

    /// <summary>The interaction as it is recorded. Nothing follows.</summary>
    public sealed record Finished(Interaction Interaction) : HintUpdate;
}
