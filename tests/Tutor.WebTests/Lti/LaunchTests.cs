using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Tutor.Core.People;
using Tutor.WebTests.Browser;
using Tutor.WebTests.SignIn.Provider;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Lti;

/// <summary>Launches from a learning platform over TLS: the good ones come in as who they are, the bad ones are told what to do.</summary>
public sealed class LaunchTests(LaunchTests.Fixture fixture, PortalBrowser browser) : IClassFixture<LaunchTests.Fixture>
{
    private const string Claim = "https://purl.imsglobal.org/spec/lti/claim/";
    private const string Membership = "http://purl.imsglobal.org/vocab/lis/v2/membership";
    private static readonly RSA otherKey = RSA.Create(2048);

    private static readonly Dictionary<string, (string Why, Func<IdToken, PlatformSimulator, string> Forge)> badTokens = new()
    {
        ["wrong issuer"] = ("Token", Payload(p => p["iss"] = "https://elsewhere.example/")),
        ["wrong audience"] = ("Token", Payload(p => p["aud"] = "another-tool")),
        ["several audiences and made for another"] = ("Token", Payload(p => { p["aud"] = new JsonArray(PlatformSimulator.Client, "another-tool"); p["azp"] = "another-tool"; })),
        ["several audiences and made for nobody"] = ("Token", Payload(p => p["aud"] = new JsonArray(PlatformSimulator.Client, "another-tool"))),
        ["expired"] = ("Token", Payload(p => { p["exp"] = Time(-5); p["iat"] = Time(-9); })),
        ["no expiry"] = ("Token", Payload(p => p.Remove("exp"))),
        ["made long ago"] = ("Token", Payload(p => p["iat"] = Time(-30))),
        ["made in the future"] = ("Token", Payload(p => p["iat"] = Time(10))),
        ["no time of making"] = ("Token", Payload(p => p.Remove("iat"))),
        ["nonce of another launch"] = ("Token", Payload(p => p["nonce"] = "00000000000000000000000000000000")),
        ["no nonce"] = ("Token", Payload(p => p.Remove("nonce"))),
        ["signed by another key of the same id"] = ("Token", (token, _) => token.SignedBy(otherKey)),
        ["no key id"] = ("Token", Header(h => h.Remove("kid"))),
        ["unknown key id"] = ("Token", Header(h => h["kid"] = "no-such-key")),
        ["algorithm none"] = ("Token", (token, _) => { token.Header["alg"] = "none"; return token.WithoutSignature(); }),
        ["signature stripped"] = ("Token", (token, _) => token.WithoutSignature()),
        ["HS256 with the public key as the secret"] = ("Token", (token, platform) => token.SignedByHmac(platform.Key.ExportSubjectPublicKeyInfoPem())),
        ["RS384"] = ("Token", (token, platform) => token.SignedBy(platform.Key, "RS384")),
        ["content changed after signing"] = ("Token", (token, _) => token.With(p => p["sub"] = "somebody-else").WithOldSignature()),
        ["malformed"] = ("Token", (_, _) => "this.is-not.a-token"),
        ["another version"] = ("Message", Payload(p => p[Claim + "version"] = "1.1")),
        ["another message"] = ("Message", Payload(p => p[Claim + "message_type"] = "LtiDeepLinkingRequest")),
        ["no resource link"] = ("Message", Payload(p => p.Remove(Claim + "resource_link"))),
        ["no roles"] = ("Message", Payload(p => p.Remove(Claim + "roles"))),
        ["iat as text"] = ("Token", Payload(p => p["iat"] = $"{Time(0)}")),
        ["exp as an object"] = ("Token", Payload(p => p["exp"] = new JsonObject())),
        ["context whose id is a number"] = ("Course", Payload(p => p[Claim + "context"] = new JsonObject { ["id"] = 17 })),
        ["deployment as a number"] = ("Deployment", Payload(p => p[Claim + "deployment_id"] = 1)),
        ["resource link as text"] = ("Message", Payload(p => p[Claim + "resource_link"] = "r1")),
        ["person as a number"] = ("Anonymous", Payload(p => p["sub"] = 12345)),
        ["person with a character no database takes"] = ("Anonymous", Payload(p => p["sub"] = "a\0b")),
        ["unregistered deployment"] = ("Deployment", Payload(p => p[Claim + "deployment_id"] = "another-deployment")),
        ["target on another site"] = ("Target", Payload(p => p[Claim + "target_link_uri"] = "https://elsewhere.example/courses/intro-python")),
        ["nobody named"] = ("Anonymous", Payload(p => p.Remove("sub"))),
        ["course that is not connected"] = ("Course", Payload(p => p[Claim + "context"] = new JsonObject { ["id"] = "another-course" })),
    };

    private static readonly Dictionary<string, (string Role, Action<JsonObject> Change)> goodTokens = new()
    {
        ["learner"] = (Role.Student, _ => { }),
        ["instructor"] = (Role.Instructor, p => p[Claim + "roles"] = new JsonArray(PlatformSimulator.Instructor)),
        ["teaching assistant, whom platforms name an instructor too"] =
            (Role.Ta, p => p[Claim + "roles"] = new JsonArray(PlatformSimulator.Instructor, Membership + "/Instructor#TeachingAssistant")),
        ["no role at all"] = (Role.Student, p => p[Claim + "roles"] = new JsonArray()),
        ["instructor of the institution, not of the course"] =
            (Role.Student, p => p[Claim + "roles"] = new JsonArray("http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor")),
        ["times with a fraction"] = (Role.Student, p => { p["iat"] = Time(0) + 0.25; p["exp"] = Time(5) + 0.25; }),
        ["address and list of names of wrong kinds"] =
            (Role.Student, p => { p["email"] = new JsonArray(); p["https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"] = "none"; p[Claim + "custom"] = 5; }),
        ["several audiences and made for Tutor"] =
            (Role.Student, p => { p["aud"] = new JsonArray(PlatformSimulator.Client, "another-tool"); p["azp"] = PlatformSimulator.Client; }),
    };

    public static TheoryData<string> BadTokens => [.. badTokens.Keys];

    public static TheoryData<string> GoodTokens => [.. goodTokens.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PlatformSimulator Platform => fixture.Platform;

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_bad_launch_is_refused_with_a_page_that_says_what_to_do(string name)
    {
        Platform.Forge = token => badTokens[name].Forge(token, Platform);
        using var visitor = fixture.Entra.Open();

        var landing = await visitor.VisitAsync(Platform.Link("bad-1", "Bad Launch"), Cancel);

        AssertRefused(badTokens[name].Why, landing);
        Assert.False(visitor.IsSignedIn);
    }

    [Theory]
    [MemberData(nameof(GoodTokens))]
    public async Task A_good_launch_opens_the_course_in_the_role_it_names(string name)
    {
        var (role, change) = goodTokens[name];
        Platform.Forge = token => token.With(change).SignedBy(Platform.Key);
        using var visitor = fixture.Entra.Open();
        var person = $"good {name}";

        var landing = await visitor.VisitAsync(Platform.Link(person, "Gita Good"), Cancel);

        Assert.True(visitor.IsSignedIn);
        Assert.Equal((HttpStatusCode.OK, "/courses/intro-python"), (landing.Status, landing.Address.AbsolutePath));
        Assert.Contains("Gita Good", landing.Page, StringComparison.Ordinal);
        Assert.Equal(role, await fixture.RoleAsync(person));
    }

    [Fact]
    public async Task Who_only_looks_on_in_the_platforms_course_gets_no_place_and_loses_one_they_had()
    {
        Platform.Forge = token => token.WithOldSignature();
        using var visitor = fixture.Entra.Open();
        await visitor.VisitAsync(Platform.Link("mentor-1", "Mona Mentor"), Cancel);
        Assert.Equal(Role.Student, await fixture.RoleAsync("mentor-1"));
        Platform.Forge = token => token.With(p => p[Claim + "roles"] = new JsonArray(Membership + "#Mentor", "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Observer")).SignedBy(Platform.Key);

        AssertRefused("Role", await visitor.VisitAsync(Platform.Link("mentor-1", "Mona Mentor"), Cancel));
        AssertRefused("Role", await visitor.VisitAsync(Platform.Link("mentor-2", "Mia Mentor"), Cancel));

        Assert.Null(await fixture.RoleAsync("mentor-1"));
        Assert.Null(await fixture.RoleAsync("mentor-2"));
    }

    [Fact]
    public async Task A_launch_without_a_name_leaves_the_name_that_an_earlier_one_gave()
    {
        using var visitor = fixture.Entra.Open();
        Platform.Forge = token => token.With(p => p["email"] = "qv@uni.example").SignedBy(Platform.Key);
        await visitor.VisitAsync(Platform.Link("quintus-1", "Quintus Vandermeer"), Cancel);

        Platform.Forge = token => token.With(p => { p.Remove("name"); p.Remove("email"); }).SignedBy(Platform.Key);
        var landing = await visitor.VisitAsync(Platform.Link("quintus-1", "Quintus Vandermeer"), Cancel);

        Assert.Contains("Quintus Vandermeer", landing.Page, StringComparison.Ordinal);
        using var database = fixture.Entra.Portal.OpenDatabase();
        Assert.Equal("Quintus Vandermeer qv@uni.example", await database.QuerySingleOrDefaultAsync<string>(
            "SELECT p.name || ' ' || p.email FROM person p JOIN person_identity i ON i.person_id = p.id WHERE i.subject LIKE '% quintus-1'", null, Cancel));
    }

    [Fact]
    public async Task A_launch_works_once_and_only_in_the_browser_that_began_it()
    {
        Platform.Forge = token => token.WithOldSignature();
        Dictionary<string, string>? form = null;
        using var victim = new SignInClient(fixture.Entra.Authority, fixture.Entra.Portal.Address) { Returning = fields => form = fields };
        await victim.VisitAsync(Platform.Link("once-1", "Olga Once"), Cancel);

        using var stranger = new SignInClient(fixture.Entra.Authority, fixture.Entra.Portal.Address) { Returning = _ => form! };
        AssertRefused("Interrupted", await stranger.VisitAsync(Platform.Link("thief-1", "Theo Thief"), Cancel));
        AssertRefused("Interrupted", await victim.PostAsync("/lti/launch", form!, Cancel));
    }

    [Fact]
    public async Task A_token_of_an_earlier_launch_is_refused_in_a_new_one()
    {
        string? kept = null;
        Platform.Forge = token => kept = token.WithOldSignature();
        using var visitor = fixture.Entra.Open();
        await visitor.VisitAsync(Platform.Link("replay-1", "Rita Replay"), Cancel);
        Platform.Forge = _ => kept!;

        AssertRefused("Token", await visitor.VisitAsync(Platform.Link("replay-1", "Rita Replay"), Cancel));
    }

    [Theory]
    [InlineData("iss", "https://elsewhere.example/", "NotRegistered")]
    [InlineData("client_id", "another-tool", "NotRegistered")]
    [InlineData("login_hint", "", "NotRegistered")]
    [InlineData("lti_deployment_id", "another-deployment", "Deployment")]
    [InlineData("target_link_uri", "https://elsewhere.example/", "Target")]
    [InlineData("target_link_uri", "//elsewhere.example/", "Target")]
    public async Task A_bad_request_to_begin_a_launch_is_refused(string field, string value, string why)
    {
        Platform.Beginning = request => request[field] = value;
        try
        {
            using var visitor = fixture.Entra.Open();
            AssertRefused(why, await visitor.VisitAsync(Platform.Link("begin-1", "Bea Begin"), Cancel));
        }
        finally
        {
            Platform.Beginning = _ => { };
        }
    }

    [Fact]
    public async Task A_link_opens_an_exercise_of_its_own_course_and_never_a_page_of_another()
    {
        Platform.Forge = token => token.WithOldSignature();
        using var visitor = fixture.Entra.Open();

        var own = await visitor.VisitAsync(Platform.Link("deep-1", "Dora Deep", "/courses/intro-python/exercises/median"), Cancel);
        var foreign = await visitor.VisitAsync(Platform.Link("deep-1", "Dora Deep", "/courses/academic-writing"), Cancel);

        Assert.Equal("/courses/intro-python/exercises/median", own.Address.AbsolutePath);
        Assert.Equal("/courses/intro-python", foreign.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.VisitAsync("/courses/academic-writing", Cancel)).Status);
    }

    [Fact]
    public async Task Forged_key_names_do_not_make_the_portal_ask_the_platform_again_and_again()
    {
        Platform.Forge = token => token.WithOldSignature();
        using var visitor = fixture.Entra.Open();
        await visitor.VisitAsync(Platform.Link("keys-1", "Kim Keys"), Cancel);
        var reads = Platform.KeyReads;
        Platform.Forge = token => badTokens["unknown key id"].Forge(token, Platform);

        for (var i = 0; i < 4; i++)
            AssertRefused("Token", await visitor.VisitAsync(Platform.Link("keys-1", "Kim Keys"), Cancel));

        Assert.True(Platform.KeyReads - reads <= 1, $"The keys were read {Platform.KeyReads - reads} times.");
    }

    [Fact]
    public async Task An_instructor_comes_in_by_browser_and_takes_over_the_names_and_roles_of_the_platform()
    {
        (string Id, string Name, string Role, string Status)[] people =
        [
            ("ivy-1", "Ivy Instructor", PlatformSimulator.Instructor, "Active"), ("nina-1", "Nina Names", PlatformSimulator.Learner, "Active"),
            ("ina-1", "Ina Inactive", PlatformSimulator.Learner, "Inactive"), ("tom-1", "Tom Assistant", Membership + "/Instructor#TeachingAssistant", "Active"),
            ("nils-1", "Nils Names", PlatformSimulator.Learner, "Active"), ("olga-1", "Olga Observer", Membership + "#Mentor", "Active"),
        ];
        Platform.Course = people;
        Platform.Forge = token => token.With(p => p[Claim + "roles"] = new JsonArray(PlatformSimulator.Instructor)).SignedBy(Platform.Key);
        var page = await browser.OpenTrustingAsync();

        await page.GotoAsync(Platform.Link("ivy-1", "Ivy Instructor", "/courses/intro-python/people"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "People" })).ToBeVisibleAsync();
        var take = page.GetByRole(AriaRole.Button, new() { Name = "Take people from Campus Learn" });
        await take.ClickAsync();
        await Expect(page.GetByText("Taken over: 3 added, 0 changed,")).ToBeVisibleAsync();

        Assert.Equal((Role.Student, Role.Ta, null), (await fixture.RoleAsync("nina-1"), await fixture.RoleAsync("tom-1"), await fixture.RoleAsync("ina-1")));
        Assert.Null(await fixture.RoleAsync("olga-1"));
        Platform.Course = [.. people.Where(p => p.Id != "nina-1").Select(p => p.Id == "nils-1" ? p with { Role = PlatformSimulator.Instructor } : p)];
        await take.ClickAsync();
        await Expect(page.GetByText("Taken over: 0 added, 1 changed, 1 removed.")).ToBeVisibleAsync();
        Assert.Null(await fixture.RoleAsync("nina-1"));
        await page.Context.CloseAsync();

        // Who was on the list before they ever came is that person when they come.
        Platform.Forge = token => token.WithOldSignature();
        using var visitor = fixture.Entra.Open();
        await visitor.VisitAsync(Platform.Link("tom-1", "Tom Assistant"), Cancel);
        Assert.Equal(Role.Student, await fixture.RoleAsync("tom-1"));
    }

    private static void AssertRefused(string why, Landing landing)
    {
        Assert.Equal("/lti/refused", landing.Address.AbsolutePath);
        Assert.Contains($"why={why}", landing.Address.Query, StringComparison.Ordinal);
        Assert.Contains("Tutor could not be opened from here", landing.Page, StringComparison.Ordinal);
    }

    private static Func<IdToken, PlatformSimulator, string> Payload(Action<JsonObject> change) => (token, platform) => token.With(change).SignedBy(platform.Key);

    private static Func<IdToken, PlatformSimulator, string> Header(Action<JsonObject> change) => (token, platform) =>
    {
        change(token.Header);
        return token.SignedBy(platform.Key);
    };

    private static long Time(int minutesFromNow) => DateTimeOffset.UtcNow.AddMinutes(minutesFromNow).ToUnixTimeSeconds();

    public sealed class Fixture : IAsyncLifetime
    {
        public EntraPortal Entra { get; private set; } = null!;

        public PlatformSimulator Platform { get; private set; } = null!;

        public async Task<string?> RoleAsync(string person)
        {
            using var database = Entra.Portal.OpenDatabase();
            return await database.QuerySingleOrDefaultAsync<string>(
                """
                SELECT m.role FROM membership m JOIN person_identity i ON i.person_id = m.person_id
                WHERE i.subject = @subject AND m.course_id = 'intro-python' AND m.source = 'lti'
                """, new { subject = $"lti {Platform.Address} {person}" }, Cancel);
        }

        public async ValueTask InitializeAsync()
        {
            var authority = new TestAuthority();
            Platform = await PlatformSimulator.StartAsync(authority, Cancel);
            Entra = await EntraPortal.StartAsync(Platform.PortalSettings("intro-python"), Cancel, authority: authority);
            Platform.Tool = Entra.Portal.Address;
        }

        public async ValueTask DisposeAsync()
        {
            await Entra.DisposeAsync();
            await Platform.DisposeAsync();
        }
    }
}
