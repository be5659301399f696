using System.ComponentModel.DataAnnotations;

namespace Tutor.Data.Retention;

/// <summary>Section <c>Retention</c> of the settings.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Days after which requests of courses without a limit of their own are deleted; 0 keeps them for ever.</summary>
    [Range(0, 36_500)]
    public int KeepDays { get; set; }

    /// <summary>Days after which people are deleted who are in no course, have not signed in and of whom nothing else is kept; 0 keeps them for ever.</summary>
    [Range(0, 36_500)]
    public int KeepPeopleDays { get; set; } = 180;
}
