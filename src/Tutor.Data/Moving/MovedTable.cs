namespace Tutor.Data.Moving;

/// <summary>A table that was moved and read again on both sides.</summary>
/// <param name="Checksum">Of all rows, whatever their order; the same on both sides.</param>
public sealed record MovedTable(string Name, long Rows, string Checksum);
