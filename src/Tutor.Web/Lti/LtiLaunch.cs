using Tutor.Core.People;

namespace Tutor.Web.Lti;

/// <summary>A launch whose token held: who comes, from which course of the platform, as what.</summary>
public sealed record LtiLaunch
{
    public required string Subject { get; init; }
    public required ClaimedName Name { get; init; }
    public string? Email { get; init; }
    public string? Login { get; init; }
    public required string ContextId { get; init; }
    public required IReadOnlyCollection<string> Roles { get; init; }
    public required Uri Target { get; init; }

    /// <summary>Where the platform keeps the names and roles of the course; null where it offers none.</summary>
    public Uri? Memberships { get; init; }
}

/// <summary>Why a launch was refused. People read the page of it; the detail is for the log.</summary>
public enum LaunchRefusal { NotRegistered, Interrupted, Token, Deployment, Message, Course, Anonymous, Target, Role }

/// <summary>A launch that does not hold.</summary>
/// <param name="detail">For the log: carries no token and no name.</param>
public sealed class LaunchRefusedException(LaunchRefusal refusal, string detail) : Exception(detail)
{
    public LaunchRefusal Refusal { get; } = refusal;
}
