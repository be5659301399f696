using Tutor.Core.People;

namespace Tutor.Data.People;

/// <summary>A member of a course as the list of its people shows them.</summary>
public sealed record ListedMember
{
    public required string PersonId { get; init; }
    public required string Name { get; init; }
    public string? Login { get; init; }
    public string? Email { get; init; }
    public required string Role { get; init; }
    public string Section { get; init; } = "";

    /// <summary>One of <see cref="MembershipSource"/>.</summary>
    public string Source { get; init; } = MembershipSource.Manual;

    /// <summary>False while a list expects somebody who has not been here yet.</summary>
    public bool SignedIn { get; init; }

    /// <summary>What a class list names them by.</summary>
    public string? Key => Login ?? SignInName.Of(Email);
}
