using System.ComponentModel.DataAnnotations;

namespace Tutor.Data.Escalations;

/// <summary>Section <c>Escalations</c> of the settings.</summary>
public sealed class EscalationOptions
{
    /// <summary>Minutes an escalation may wait unclaimed before the queue and the course home mark it.</summary>
    [Range(1, 60 * 24 * 14)]
    public int OverdueAfterMinutes { get; set; } = 120;
}
