namespace Tutor.Web.Lti;

/// <summary>Names of the LTI 1.3 standard (1EdTech LTI Core 1.3, Names and Role Provisioning Services 2.0).</summary>
public static class LtiClaims
{
    private const string Prefix = "https://purl.imsglobal.org/spec/lti/claim/";
    public const string Version = Prefix + "version";
    public const string MessageType = Prefix + "message_type";
    public const string DeploymentId = Prefix + "deployment_id";
    public const string TargetLink = Prefix + "target_link_uri";
    public const string ResourceLink = Prefix + "resource_link";
    public const string Roles = Prefix + "roles";
    public const string Context = Prefix + "context";
    public const string Custom = Prefix + "custom";
    public const string NamesAndRoles = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
    public const string NamesScope = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";
    public const string NamesType = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
}
