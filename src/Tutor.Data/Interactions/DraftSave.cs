namespace Tutor.Data.Interactions;

/// <summary>What came of saving a draft.</summary>
public abstract record DraftSave
{
    private DraftSave() { }

    /// <summary>It is stored, or a later text of the same window is.</summary>
    /// <param name="Known">The version that the window has seen now.</param>
    public sealed record Saved(int Known) : DraftSave;

    /// <summary>Another window wrote a text this one has not seen. That one stays; this one is among the earlier versions.</summary>
    public sealed record ChangedElsewhere(WorkDraft Now) : DraftSave;

    /// <summary>The viewer does not belong to the course.</summary>
    public sealed record Refused : DraftSave;
}
