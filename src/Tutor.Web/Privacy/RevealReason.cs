namespace Tutor.Web.Privacy;

/// <summary>Why this visitor asks for names, kept for the visit so that the next one takes one click.</summary>
public sealed class RevealReason
{
    public string? Kept { get; set; }
}
