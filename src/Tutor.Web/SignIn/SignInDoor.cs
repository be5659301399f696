namespace Tutor.Web.SignIn;

/// <summary>Where people of this installation sign in.</summary>
/// <param name="Address">Local path that takes <c>returnUrl</c>.</param>
/// <param name="Banner">Shown on every page when the sign-in proves nothing; null for a real one.</param>
public sealed record SignInDoor(string Address, string? Banner);
