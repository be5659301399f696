using System.ComponentModel.DataAnnotations;

namespace Tutor.Web.Lti;

/// <summary>Section <c>Lti</c> of the settings: the learning platforms that may send people here.</summary>
public sealed class LtiOptions : IValidatableObject
{
    public const string Section = "Lti";

    public IList<LtiPlatform> Platforms { get; init; } = [];

    /// <summary>The platform a login request names. Where it names no client, the issuer must have one registration.</summary>
    public LtiPlatform? Find(string issuer, string? clientId)
    {
        var fitting = Platforms.Where(p => p.Issuer == issuer && (string.IsNullOrEmpty(clientId) || p.ClientId == clientId)).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    public LtiPlatform? Find(string name) => Platforms.FirstOrDefault(p => p.Name == name);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Platforms.Count; i++)
            if (Platforms[i].Problem is { } problem)
                yield return new ValidationResult($"{Section}:Platforms:{i}: {problem}");
        if (Platforms.GroupBy(p => p.Name).Any(g => g.Count() > 1) || Platforms.GroupBy(p => (p.Issuer, p.ClientId)).Any(g => g.Count() > 1))
            yield return new ValidationResult($"{Section}:Platforms: two platforms have one Name, or one Issuer and ClientId. Keep one of them.");
    }
}

/// <summary>A registration at a learning platform: what the platform shows when Tutor is registered there as an LTI 1.3 tool.</summary>
public sealed class LtiPlatform
{
    /// <summary>As people call it; shown on the page of a course's people.</summary>
    public string Name { get; init; } = "";
    public string Issuer { get; init; } = "";
    public string ClientId { get; init; } = "";
    public IList<string> Deployments { get; init; } = [];
    public string LoginUrl { get; init; } = "";
    public string KeysUrl { get; init; } = "";

    /// <summary>Needed for names and roles only.</summary>
    public string TokenUrl { get; init; } = "";

    /// <summary>For whom the portal's request for an access token is made out; empty for <see cref="TokenUrl"/>. Brightspace and some others name a value of their own.</summary>
    public string TokenAudience { get; init; } = "";

    /// <summary>Where lists of names and roles may lie, beside the hosts of the addresses above.</summary>
    public IList<string> Hosts { get; init; } = [];

    /// <summary>Which course of the platform is which of Tutor's. A course that is not here cannot be opened from the platform.</summary>
    public IList<LtiCourse> Courses { get; init; } = [];

    /// <summary>
    /// Claim that holds a person's university sign-in name, so that they are the same person here as through Entra ID: <c>email</c>, or
    /// <c>custom:</c> and the name of a custom field. Empty keeps them apart: set it only where people cannot change that field themselves.
    /// </summary>
    public string LoginClaim { get; init; } = "";

    internal string Provider => $"lti {Issuer}";

    /// <summary>Whether the portal may ask this address for the platform's data.</summary>
    internal bool Reaches(Uri address) => address.Scheme == Uri.UriSchemeHttps && (Hosts.Contains(address.Authority, StringComparer.OrdinalIgnoreCase)
        || new[] { Issuer, LoginUrl, KeysUrl, TokenUrl }.Any(own => Uri.TryCreate(own, UriKind.Absolute, out var url) && url.Authority == address.Authority));

    internal string? Problem =>
        Name.Length == 0 ? "Name is missing: what people call the platform."
        : Issuer.Length == 0 || ClientId.Length == 0 ? "Issuer or ClientId is missing: the platform shows both where Tutor is registered."
        : Deployments.Count == 0 ? "Deployments is empty: name the deployment ids the platform shows."
        : !IsHttps(LoginUrl) ? "LoginUrl must be the platform's https address for authentication requests."
        : !IsHttps(KeysUrl) ? "KeysUrl must be the platform's https address of its public keys."
        : TokenUrl.Length > 0 && !IsHttps(TokenUrl) ? "TokenUrl must be the platform's https address for access tokens, or empty."
        : Courses.Any(c => c.Context.Length == 0 || c.Course.Length == 0) ? "Each of Courses needs Context, the platform's id of the course, and Course, the name of the course's folder."
        : null;

    private static bool IsHttps(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps;
}

public sealed class LtiCourse
{
    public string Context { get; init; } = "";
    public string Course { get; init; } = "";
}
