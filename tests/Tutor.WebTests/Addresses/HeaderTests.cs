using System.Net;
using Tutor.Data.People;
using Tutor.Web;

namespace Tutor.WebTests.Addresses;

/// <summary>Security headers stand on every answer, whatever it is.</summary>
[Collection(Doors.All)]
public sealed class HeaderTests(Doors doors)
{
    private static readonly Dictionary<string, string> wanted = new()
    {
        ["Content-Security-Policy"] = PortalHeaders.ContentSecurityPolicy, ["X-Content-Type-Options"] = "nosniff", ["Referrer-Policy"] = "same-origin",
        ["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()", ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
    };

    private static readonly (HttpMethod Method, string Path, HttpStatusCode Status)[] answers =
    [
        (HttpMethod.Get, "/signed-out", HttpStatusCode.OK), (HttpMethod.Get, "/app.css", HttpStatusCode.OK), (HttpMethod.Get, "/health/live", HttpStatusCode.OK),
        (HttpMethod.Get, "/openapi/v1.json", HttpStatusCode.OK), (HttpMethod.Get, "/lti/keys", HttpStatusCode.OK), (HttpMethod.Get, "/profile", HttpStatusCode.Redirect),
        (HttpMethod.Get, "/no-such-page", HttpStatusCode.Redirect), (HttpMethod.Get, "/no-such.css", HttpStatusCode.Redirect), (HttpMethod.Get, "/error", HttpStatusCode.OK),
        (HttpMethod.Get, "/api/v1/courses", HttpStatusCode.Unauthorized), (HttpMethod.Post, "/sign-out", HttpStatusCode.Forbidden), (HttpMethod.Get, "/_blazor", HttpStatusCode.Forbidden),
        (HttpMethod.Delete, "/health/live", HttpStatusCode.Forbidden),
    ];

    public static TheoryData<string> Ways => [Doors.Direct, Doors.Proxied];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_kind_of_answer_has_them(string door)
    {
        var mistakes = new List<string>();
        foreach (var (method, path, status) in answers)
        {
            using var response = await doors.SendToNamedAsync(door, method, path, ("Host", "tutor.example.edu"));
            if (response.StatusCode != status) mistakes.Add($"{method} {path}: {response.StatusCode}");
            mistakes.AddRange(Missing(response).Select(header => $"{method} {path}: {header}"));
        }
        using var elsewhere = await doors.SendToNamedAsync(door, HttpMethod.Get, "/", ("Host", "evil.example"));
        mistakes.AddRange(Missing(elsewhere).Select(header => $"another host: {header}"));

        Assert.Empty(mistakes);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_request_that_fails_inside_the_portal_has_them_too(string door)
    {
        using var database = doors.Named.OpenDatabase();
        var people = new PersonStore(database, TimeProvider.System);
        await people.UpsertAsync(new Person { Id = "fay", Name = "Fay" }, Cancel);
        var token = (await new ApiTokenStore(database, TimeProvider.System).IssueAsync("fay", "test", Cancel)).Secret;
        await database.ExecuteAsync("ALTER TABLE membership RENAME TO membership_away", null, Cancel);
        try
        {
            using var response = await doors.SendToNamedAsync(door, HttpMethod.Get, "/api/v1/courses", ("Host", "tutor.example.edu"), ("Authorization", $"Bearer {token}"));

            Assert.Equal((HttpStatusCode.InternalServerError, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Empty(Missing(response));
        }
        finally
        {
            await database.ExecuteAsync("ALTER TABLE membership_away RENAME TO membership", null, Cancel);
        }
    }

    [Fact]
    public async Task A_developers_page_of_an_error_has_them_too()
    {
        using var database = doors.Open.OpenDatabase();
        await database.ExecuteAsync("ALTER TABLE membership RENAME TO membership_away", null, Cancel);
        try
        {
            using var response = await doors.SendAsync(Doors.Direct, HttpMethod.Get, "/");

            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            Assert.Empty(Missing(response));
        }
        finally
        {
            await database.ExecuteAsync("ALTER TABLE membership_away RENAME TO membership", null, Cancel);
        }
    }

    private static IEnumerable<string> Missing(HttpResponseMessage response) => wanted
        .Where(header => !response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Any(given => given.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase) && given.Value.ToString() == header.Value))
        .Select(header => header.Key);
}
