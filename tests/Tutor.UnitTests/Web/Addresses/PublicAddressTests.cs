using Tutor.Web.Addresses;

namespace Tutor.UnitTests.Web.Addresses;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("https://tutor.example.edu", "https://tutor.example.edu/")]
    [InlineData(" https://TUTOR.example.edu/ ", "https://tutor.example.edu/")]
    [InlineData("https://tutor.example.edu:8443", "https://tutor.example.edu:8443/")]
    [InlineData("http://localhost:5280", "http://localhost:5280/")]
    [InlineData("https://[2001:db8::1]", "https://[2001:db8::1]/")]
    public void An_address_that_a_browser_can_open_is_taken(string setting, string url) => Assert.Equal(new Uri(url), PublicAddress.Read(setting));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Nothing_is_nothing(string? setting) => Assert.Null(PublicAddress.Read(setting));

    [Theory]
    [InlineData("tutor.example.edu")]
    [InlineData("/tutor")]
    [InlineData("ftp://tutor.example.edu")]
    [InlineData("https://tutor.example.edu/tutor")]
    [InlineData("https://tutor.example.edu/?a=1")]
    [InlineData("https://tutor.example.edu/#a")]
    [InlineData("https://me@tutor.example.edu")]
    [InlineData("https://0.0.0.0:5280")]
    [InlineData("https://[::]:5280")]
    [InlineData("https://")]
    [InlineData("https://*")]
    public void Anything_else_is_refused_with_an_example(string setting)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => PublicAddress.Read(setting));

        Assert.Contains("https://tutor.example.edu", refusal.Message, StringComparison.Ordinal);
    }
}
