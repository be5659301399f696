namespace Tutor.Data.Welfare;

/// <param name="Entries">One for each student.</param>
/// <param name="Students">How many there are on all pages.</param>
/// <param name="Waiting">How many of them have written something that nobody has taken up.</param>
public sealed record WelfareEntries(IReadOnlyList<WelfareEntry> Entries, int Students, int Waiting);
