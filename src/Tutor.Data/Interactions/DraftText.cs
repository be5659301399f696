namespace Tutor.Data.Interactions;

/// <summary>What stands in the fields of a workspace.</summary>
/// <param name="FollowUp">Null leaves the question about the last hint as it is stored.</param>
public sealed record DraftText(string Body, string Question, string? FollowUp = null)
{
    public bool IsIn(WorkDraft draft) => draft.Body == Body && draft.Question == Question && (FollowUp is null || draft.FollowUp == FollowUp);
}

/// <summary>One page that shows a workspace: two windows of one student are two, and so are a page and its reload.</summary>
/// <param name="Known">Version of the draft the window has seen; 0 where there was none.</param>
public sealed record DraftWindow(string Id, int Known);

/// <summary>An earlier text of a workspace that another one took the place of.</summary>
public sealed record KeptDraft
{
    public string Id { get; init; } = "";
    public string Body { get; init; } = "";
    public string Question { get; init; } = "";
    public long KeptAt { get; init; }
}
