using System.ComponentModel.DataAnnotations;

namespace Tutor.Web.Profile;

public sealed class TokenForm
{
    [Required(ErrorMessage = "Say what the token is for, so that you know later which one to revoke.")]
    [StringLength(60)]
    public string Name { get; set; } = "";
}
