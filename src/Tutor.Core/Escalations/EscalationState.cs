namespace Tutor.Core.Escalations;

/// <summary>States of an escalation as stored: open → claimed → resolved; a release takes it back to open.</summary>
public static class EscalationState
{
    public const string Open = "open";
    public const string Claimed = "claimed";
    public const string Resolved = "resolved";
}
