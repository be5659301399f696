using System.Net;

namespace Tutor.WebTests.Addresses;

/// <summary>Pages of other origins make a signed-in person's browser send requests with their cookie; none of them is taken.</summary>
[Collection(Doors.All)]
public sealed class OwnOriginTests(Doors doors)
{
    private const string Own = "{scheme}://{authority}", NoOrigin = "";

    private static readonly string[] foreign =
    [
        "http://evil.example", "null", "https://{authority}", "http://{host}", "http://{host}:1", "http://sub.{authority}", "http://{authority}.evil.example",
        "http://{authority}@evil.example", "HTTP://{authority}", "http://{authority}/", "http://{authority}, http://evil.example", "file://", "chrome-extension://{authority}",
        "http://localhost.:{port}", "ws://{authority}", "*", " ", "http://2130706433:{port}",
    ];

    public static TheoryData<string> Ways => [Doors.Direct, Doors.Proxied];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Circuits_open_to_the_portals_own_pages_alone(string door)
    {
        var taken = new List<string>();
        foreach (var origin in foreign.Append(NoOrigin))
            if (await doors.ConnectAsync(door, Origin(door, origin)) is var status and not HttpStatusCode.Forbidden)
                taken.Add($"WebSocket from \"{origin}\": {status}");
        foreach (var origin in foreign.Append(NoOrigin))
            foreach (var (method, path) in new[] { (HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"), (HttpMethod.Get, "/_blazor?id=x"), (HttpMethod.Post, "/_blazor?id=x"), (HttpMethod.Delete, "/_blazor?id=x"), (HttpMethod.Post, "/_blazor/disconnect"), (HttpMethod.Get, "/_BLAZOR?id=x") })
                using (var response = await doors.SendAsync(door, method, path, Origin(door, origin)))
                    if (response.StatusCode != HttpStatusCode.Forbidden)
                        taken.Add($"{method} {path} from \"{origin}\": {response.StatusCode}");

        Assert.Empty(taken);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await doors.ConnectAsync(door, Origin(door, Own)));
        using var negotiated = await doors.SendAsync(door, HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", Origin(door, Own));
        Assert.Equal(HttpStatusCode.OK, negotiated.StatusCode);
    }

    [Theory]
    [InlineData("same-origin", true)]
    [InlineData("none", true)]
    [InlineData("same-site", false)]
    [InlineData("cross-site", false)]
    [InlineData("Same-Origin", false)]
    public async Task Without_an_origin_the_browsers_own_word_decides(string site, bool taken)
    {
        using var response = await doors.SendAsync(Doors.Direct, HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", ("Sec-Fetch-Site", site));

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_changes_something_is_taken_from_the_portals_own_pages_alone(string door)
    {
        var taken = new List<string>();
        foreach (var origin in foreign.Append(NoOrigin))
            foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
                foreach (var path in new[] { "/sign-out", "/sign-in/development", "/courses/academic-writing/exercises/argument/draft", "/profile", "/", "/no-such-page", "/lti/refused", "/apix" })
                    using (var response = await doors.SendAsync(door, method, path, Origin(door, origin)))
                        if (response.StatusCode != HttpStatusCode.Forbidden)
                            taken.Add($"{method} {path} from \"{origin}\": {response.StatusCode}");

        Assert.Empty(taken);
        using var own = await doors.SendAsync(door, HttpMethod.Post, "/sign-out", Origin(door, Own));
        Assert.Equal(HttpStatusCode.BadRequest, own.StatusCode); // asks for the form's own token, and not for another origin
        using var reading = await doors.SendAsync(door, HttpMethod.Get, "/profile", Origin(door, "http://evil.example"));
        Assert.Equal(HttpStatusCode.OK, reading.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_proves_itself_is_asked_for_that_and_not_for_its_origin(string door)
    {
        using var withoutToken = await doors.SendAsync(door, HttpMethod.Post, "/api/v1/interactions/x/cancel");
        using var launch = await doors.SendAsync(door, HttpMethod.Post, "/lti/launch", ("Origin", "https://platform.example.edu"));

        Assert.Equal(HttpStatusCode.Unauthorized, withoutToken.StatusCode);
        Assert.StartsWith("/lti/refused", launch.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private (string, string)[] Origin(string door, string pattern)
    {
        if (pattern.Length == 0) return [];
        var address = doors.Addresses[door];
        return [("Origin", pattern.Replace("{scheme}", address.Scheme, StringComparison.Ordinal).Replace("{authority}", address.Authority, StringComparison.Ordinal)
            .Replace("{host}", address.Host, StringComparison.Ordinal).Replace("{port}", $"{address.Port}", StringComparison.Ordinal))];
    }
}
