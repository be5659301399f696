namespace Tutor.Web.SignIn;

public static class LocalAddress
{
    /// <summary>The address when it stays on this site, else <paramref name="fallback"/>: a link must not send people elsewhere after sign-in.</summary>
    public static string Or(string? address, string fallback) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : fallback;
}
