using Tutor.Core.People;
using Tutor.Web.Lti;

namespace Tutor.UnitTests.Web.Lti;

public sealed class LtiRolesTests
{
    private const string Membership = "http://purl.imsglobal.org/vocab/lis/v2/membership";
    private const string Institution = "http://purl.imsglobal.org/vocab/lis/v2/institution/person";

    [Theory]
    [InlineData(Role.Student, Membership + "#Learner")]
    [InlineData(Role.Student, "Learner")]
    [InlineData(Role.Student)]
    [InlineData(Role.Student, Institution + "#Student")]
    [InlineData(Role.Student, Membership + "#Learner", Membership + "#Mentor")]
    [InlineData(Role.Student, Membership + "/Learner#GuestLearner", Institution + "#Observer")]
    [InlineData(Role.Instructor, Membership + "#Instructor", Institution + "#Mentor")]
    [InlineData(Role.Instructor, "urn:lti:role:ims/lis/Instructor")]
    [InlineData(Role.Ta, Membership + "#Instructor", Membership + "/Instructor#TeachingAssistant")]
    [InlineData(null, Membership + "#Mentor")]
    [InlineData(null, "Mentor")]
    [InlineData(null, "urn:lti:role:ims/lis/Mentor")]
    [InlineData(null, "urn:lti:role:ims/lis/Mentor/Reviewer")]
    [InlineData(null, Membership + "/Mentor#LearningCenterCoach")]
    [InlineData(null, Institution + "#Observer")]
    [InlineData(null, Membership + "#Mentor", Institution + "#Observer", "http://purl.imsglobal.org/vocab/lis/v2/system/person#User")]
    [InlineData(null, Membership + "#Mentor", Institution + "#Student")]
    public void A_platforms_roles_become_one_here_or_none(string? role, params string[] roles) => Assert.Equal(role, LtiRoles.Of(roles));
}
