using Tutor.Web.SignIn;

namespace Tutor.UnitTests.Web.SignIn;

public sealed class LocalAddressTests
{
    [Theory]
    [InlineData("/courses/intro-python?ask=1")]
    [InlineData("/")]
    public void A_local_address_is_kept(string address) => Assert.Equal(address, LocalAddress.Or(address, "/home"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("courses")]
    [InlineData("/a\r\nLocation: x")]
    public void Any_other_falls_back(string? address) => Assert.Equal("/home", LocalAddress.Or(address, "/home"));
}
