namespace Tutor.Core.People;

/// <summary>The name in the claims of a sign-in or a launch (OpenID Connect Core 5.1). Providers leave out any of them.</summary>
/// <param name="Name">Null where no claim names anybody.</param>
/// <param name="IsPart">Only a given or only a family name was there.</param>
public sealed record ClaimedName(string? Name, bool IsPart)
{
    /// <param name="claim">The text of a claim; null where it is missing or something else.</param>
    public static ClaimedName Of(Func<string, string?> claim)
    {
        if (PersonName.Of(claim("name")) is { } whole) return new(whole, IsPart: false);

        var (given, family) = (PersonName.Of(claim("given_name")), PersonName.Of(claim("family_name")));
        return new(PersonName.Of($"{given} {family}"), IsPart: given is null || family is null);
    }
}
