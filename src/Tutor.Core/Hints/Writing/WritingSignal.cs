namespace Tutor.Core.Hints.Writing;

/// <summary>A weakness of a text that can be pointed at, found by counting rather than by judging.</summary>
/// <param name="Id">One of <see cref="WritingSignals.Ids"/>.</param>
/// <param name="Severity">From 0 to 1: how much it stands between the text and its reader; decides which criterion is taken first.</param>
/// <param name="Quote">The place that shows it, an exact piece of the text at <paramref name="Start"/>; empty for an empty text.</param>
/// <param name="Finding">A sentence with the number found, for the student.</param>
public sealed record WritingSignal(string Id, double Severity, string Quote, int Start, string Finding);
