namespace Tutor.Data.Interactions;

/// <summary>A page of interactions, newest first.</summary>
/// <param name="Older">Pass on for the next page; null on the last.</param>
public sealed record InteractionPage(IReadOnlyList<Interaction> Rows, InteractionCursor? Older);

/// <summary>The last row of a page: the next one begins after it, however many rows came in meanwhile.</summary>
public sealed record InteractionCursor(long AskedAt, string Id);
