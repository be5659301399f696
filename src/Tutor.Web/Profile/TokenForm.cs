using System.ComponentModel.DataAnnotations;

namespace Tutor.Web.Profile;

public sealed class TokenForm : IValidatableObject
{
    /// <summary>Days a token may work; half a year covers a term.</summary>
    public static readonly int[] Choices = [7, 30, 90, 180, 365];

    [Required(ErrorMessage = "Say what the token is for, so that you know later which one to revoke.")]
    [StringLength(60)]
    public string Name { get; set; } = "";

    public int Days { get; set; } = 180;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Choices.Contains(Days)) yield return new ValidationResult("Choose one of the times.", [nameof(Days)]);
    }
}
