using Microsoft.AspNetCore.DataProtection;
using Tutor.Web.Lti;

namespace Tutor.UnitTests.Web.Lti;

public sealed class LaunchStateTests
{
    private static readonly PendingLaunch launch = new("0123456789abcdef0123456789abcdef", "Campus Learn", "/courses/intro-python");

    [Fact]
    public void What_is_sealed_comes_back_as_it_was()
    {
        var states = new LaunchState(new EphemeralDataProtectionProvider());

        Assert.Equal(launch, states.Open(states.Seal(launch)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a state")]
    [InlineData("{\"Nonce\":\"0123456789abcdef\",\"Platform\":\"Campus Learn\",\"Target\":\"/\"}")]
    public void What_was_not_sealed_by_this_portal_does_not_open(string state) =>
        Assert.Null(new LaunchState(new EphemeralDataProtectionProvider()).Open(state));

    [Fact]
    public void What_another_portal_sealed_does_not_open() =>
        Assert.Null(new LaunchState(new EphemeralDataProtectionProvider()).Open(new LaunchState(new EphemeralDataProtectionProvider()).Seal(launch)));
}
