using System.ComponentModel.DataAnnotations;

namespace Tutor.Data.Flags;

/// <summary>Section <c>Flags</c> of the settings.</summary>
public sealed class FlagOptions
{
    /// <summary>Days that flags, their reviews and messages of distress are kept after the term ends; where a course names no end, after they were written.</summary>
    [Range(1, 3650)]
    public int KeepDaysAfterTerm { get; set; } = 120;
}
