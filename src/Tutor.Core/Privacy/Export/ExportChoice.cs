namespace Tutor.Core.Privacy.Export;

/// <summary>Which requests of a course an export holds. Null means all.</summary>
/// <param name="FirstWeek">Counted from the course's first request, as everywhere in an export.</param>
/// <param name="LastWeek">The last one that is in it.</param>
public sealed record ExportChoice(string? Exercise = null, int? FirstWeek = null, int? LastWeek = null)
{
    public bool HasPeriod => FirstWeek is not null || LastWeek is not null;
}
