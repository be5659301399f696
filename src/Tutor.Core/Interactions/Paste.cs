namespace Tutor.Core.Interactions;

/// <summary>One thing that was pasted into the work before a request: its size only, never the time of a key.</summary>
/// <param name="Inside">It had been copied on the same page of Tutor.</param>
public sealed record Paste(int Characters, bool Inside);
