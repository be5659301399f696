namespace Tutor.Data.Interactions;

/// <summary>How many of today's hints a student has used in a course.</summary>
public sealed record QuotaUse(int Used, int Limit, long ResetAt)
{
    public int Left => Math.Max(0, Limit - Used);
}
