using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tutor.Web.SignIn;

namespace Tutor.UnitTests.Web.SignIn;

public sealed class SignInSetupTests
{
    [Fact]
    public void Production_without_a_way_to_sign_in_does_not_start_and_says_what_to_set()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });

        var refusal = Assert.Throws<InvalidOperationException>(builder.AddSignIn);

        Assert.Contains("AzureAd:TenantId", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_Entra_is_configured_there_is_no_development_sign_in()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["AzureAd:Instance"] = "https://login.example/";
        builder.Configuration["AzureAd:TenantId"] = "11111111-1111-1111-1111-111111111111";
        builder.Configuration["AzureAd:ClientId"] = "22222222-2222-2222-2222-222222222222";

        builder.AddSignIn();

        var door = Assert.IsType<SignInDoor>(builder.Services.Single(s => s.ServiceType == typeof(SignInDoor)).ImplementationInstance);
        Assert.Equal("/sign-in/entra", door.Address);
        Assert.Null(door.Banner);
    }

#if DEBUG
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("192.168.1.20", false)]
    [InlineData("0.0.0.0", false)]
    public void The_development_sign_in_answers_this_machine_only(string address, bool allowed) =>
        Assert.Equal(allowed, LoopbackOnly.Allows(IPAddress.Parse(address)));

    [Fact]
    public async Task The_development_sign_in_stops_the_start_on_an_open_address()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://0.0.0.0:0");
        builder.Services.AddHostedService<LoopbackOnly>();
        await using var app = builder.Build();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("other machines can reach", refusal.Message, StringComparison.Ordinal);
    }
#endif
}
