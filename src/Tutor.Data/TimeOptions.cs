using System.ComponentModel.DataAnnotations;
using Tutor.Core.Times;

namespace Tutor.Data;

/// <summary>The time of the installation: where days begin and by which clocks times are read, for courses that name no zone of their own.</summary>
public sealed class TimeOptions : IValidatableObject
{
    /// <summary>IANA name, such as Europe/Berlin; empty for UTC.</summary>
    public string TimeZone { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZone.Length > 0 && TimeZones.Find(TimeZone) is null)
            yield return new ValidationResult($"TimeZone: '{TimeZone}' is no time zone. {TimeZones.Advise(TimeZone)}");
    }
}
