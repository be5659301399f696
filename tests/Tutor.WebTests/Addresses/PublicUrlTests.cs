using System.Net;
using System.Web;

namespace Tutor.WebTests.Addresses;

/// <summary>A portal in Production knows its address by a setting; what a request says about hosts and schemes changes nothing.</summary>
[Collection(Doors.All)]
public sealed class PublicUrlTests(Doors doors)
{
    private static readonly (string, string)[] lies =
    [
        ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-For", "10.1.2.3"), ("X-Forwarded-Prefix", "/evil"),
        ("X-Original-Host", "evil.example"), ("X-Original-URL", "/evil"), ("Forwarded", "host=evil.example;proto=http"),
    ];

    private const string Launch = "/lti/login?iss=https%3A%2F%2Fplatform.example.edu&client_id=tutor&login_hint=7&target_link_uri=https%3A%2F%2Ftutor.example.edu%2Fcourses%2Fx";

    public static TheoryData<string> Ways => [Doors.Direct, Doors.Proxied];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Another_host_is_refused_and_told_what_to_set(string door)
    {
        foreach (var host in new[] { "evil.example", "tutor.example.edu.evil.example", "127.0.0.1", "localhost", "tutor.example.edu.", "xn--tutor.example.edu" })
            foreach (var path in new[] { "/", "/sign-in", "/api/v1/courses", Launch, "/app.css", "/_blazor" })
            {
                using var response = await doors.SendToNamedAsync(door, HttpMethod.Get, path, ("Host", host));
                Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{path} for {host}: {response.StatusCode}");
                Assert.Contains("PublicUrl", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
        using var health = await doors.SendToNamedAsync(door, HttpMethod.Get, "/health/ready", ("Host", "10.0.0.11:5280"));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Addresses_that_leave_the_portal_begin_with_PublicUrl_whatever_the_request_says(string door)
    {
        using var launch = await doors.SendToNamedAsync(door, HttpMethod.Get, Launch, [("Host", "TUTOR.example.edu:1234"), .. lies]);
        using var entra = await doors.SendToNamedAsync(door, HttpMethod.Get, "/sign-in/entra", [("Host", "tutor.example.edu"), .. lies]);
        using var page = await doors.SendToNamedAsync(door, HttpMethod.Get, "/profile", [("Host", "tutor.example.edu"), .. lies]);

        Assert.Equal("https://tutor.example.edu/lti/launch", Redirect(launch));
        Assert.Equal("https://tutor.example.edu/signin-oidc", Redirect(entra));
        Assert.StartsWith("https://tutor.example.edu/sign-in", page.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Cookies_are_Secure_and_the_browser_is_told_to_stay_with_TLS(string door)
    {
        using var entra = await doors.SendToNamedAsync(door, HttpMethod.Get, "/sign-in/entra", [("Host", "tutor.example.edu"), .. lies]);
        using var page = await doors.SendToNamedAsync(door, HttpMethod.Get, "/signed-out", [("Host", "tutor.example.edu"), .. lies]);

        // The proxy's own cookie names a node and nobody.
        Assert.All(entra.Headers.GetValues("Set-Cookie").Where(cookie => !cookie.StartsWith("node=", StringComparison.Ordinal)),
            cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.True(page.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("https://tutor.example.edu", HttpStatusCode.Unauthorized)]
    [InlineData("http://tutor.example.edu", HttpStatusCode.Forbidden)]
    [InlineData("https://tutor.example.edu:1234", HttpStatusCode.Forbidden)]
    [InlineData("https://people.example.edu", HttpStatusCode.Forbidden)]
    [InlineData("https://TUTOR.example.edu", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task The_origin_of_PublicUrl_is_the_only_one(string origin, HttpStatusCode wanted)
    {
        // Even where the request names the port that the origin does.
        using var response = await doors.SendToNamedAsync(Doors.Proxied, HttpMethod.Post, "/_blazor/negotiate", ("Host", "tutor.example.edu:1234"), ("Origin", origin));

        // Nobody is signed in: whose origin is right is asked who they are.
        Assert.Equal(wanted, response.StatusCode is HttpStatusCode.Redirect ? HttpStatusCode.Unauthorized : response.StatusCode);
    }

    private static string? Redirect(HttpResponseMessage response) => HttpUtility.ParseQueryString(response.Headers.Location!.Query)["redirect_uri"];
}
