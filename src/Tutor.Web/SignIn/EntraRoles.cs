using Microsoft.IdentityModel.JsonWebTokens;
using Tutor.Data.People;

namespace Tutor.Web.SignIn;

/// <summary>What the app roles and groups in an identity token give in courses, by the settings.</summary>
public static class EntraRoles
{
    /// <returns>At most one place in each course: the one of the first rule that fits.</returns>
    public static IReadOnlyList<GrantedRole> Granted(JsonWebToken token, CourseRoleOptions options)
    {
        var roles = Values(token, "roles");
        var groups = Values(token, "groups");
        return [.. options.CourseRoles
            .Where(rule => rule.AppRole.Length > 0 ? roles.Contains(rule.AppRole) : groups.Contains(rule.Group))
            .DistinctBy(rule => rule.Course)
            .Select(rule => new GrantedRole(rule.Course, rule.Role, rule.Section))];
    }

    /// <summary>The courses whose places may be taken away when the token gives none.</summary>
    /// <returns>Null means all. When Entra left the groups out, nobody loses a place that a group may still give.</returns>
    public static IReadOnlyList<string>? Complete(JsonWebToken token, CourseRoleOptions options)
    {
        var left = token.TryGetClaim("hasgroups", out _) || (token.TryGetClaim("_claim_names", out var names) && names.Value.Contains("groups", StringComparison.Ordinal));
        if (!left) return null;
        var byGroup = options.CourseRoles.Where(rule => rule.Group.Length > 0).Select(rule => rule.Course).ToHashSet(StringComparer.Ordinal);
        return [.. options.CourseRoles.Select(rule => rule.Course).Where(course => !byGroup.Contains(course)).Distinct()];
    }

    private static HashSet<string> Values(JsonWebToken token, string claim) =>
        token.Claims.Where(c => c.Type == claim).Select(c => c.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
