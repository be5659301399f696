using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tutor.Core.People;
using Tutor.Data.People;
using Tutor.WebTests.SignIn.Provider;

namespace Tutor.WebTests.SignIn;

/// <summary>Signing in against a real OpenID provider: good tokens come in, and each bad one stays out.</summary>
public sealed class EntraSignInTests(EntraSignInTests.Fixture fixture) : IClassFixture<EntraSignInTests.Fixture>
{
    private const string Door = "/sign-in/entra?returnUrl=/profile";
    private static readonly RSA otherKey = RSA.Create(2048);

    private static readonly Dictionary<string, Func<IdToken, OpenIdProvider, string>> badTokens = new()
    {
        ["wrong issuer"] = (token, provider) => token.With(p => p["iss"] = "https://elsewhere.example/v2.0").SignedBy(provider.Key),
        ["wrong audience"] = (token, provider) => token.With(p => p["aud"] = "another-application").SignedBy(provider.Key),
        ["expired"] = (token, provider) => token.With(p => p["exp"] = Time(-15)).SignedBy(provider.Key),
        ["not yet valid"] = (token, provider) => token.With(p => { p["nbf"] = Time(15); p["exp"] = Time(60); }).SignedBy(provider.Key),
        ["wrong nonce"] = (token, provider) => token.With(p => p["nonce"] = $"{p["nonce"]}x").SignedBy(provider.Key),
        ["no nonce"] = (token, provider) => token.With(p => p.Remove("nonce")).SignedBy(provider.Key),
        ["signed by another key of the same id"] = (token, _) => token.SignedBy(otherKey),
        ["HS256 with the public key as the secret"] = (token, provider) => token.SignedByHmac(provider.Key.ExportSubjectPublicKeyInfoPem()),
        ["content changed after signing"] = (token, _) => token.With(p => p["oid"] = "11111111-aaaa-4bbb-8ccc-00000000ffff").WithOldSignature(),
        ["algorithm none"] = (token, _) => Unsigned(token),
        ["signature stripped"] = (token, _) => token.WithoutSignature(),
        ["another tenant"] = (token, provider) => token.With(p => p["tid"] = "99999999-0000-4000-8000-000000000000").SignedBy(provider.Key),
        ["no object id"] = (token, provider) => token.With(p => p.Remove("oid")).SignedBy(provider.Key),
    };

    public static TheoryData<string> BadTokens => [.. badTokens.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_bad_token_is_refused_with_a_page_that_says_what_to_do(string name)
    {
        fixture.Provider.Forge = token => badTokens[name](new IdToken(token), fixture.Provider);
        using var visitor = fixture.Entra.Open();

        var landing = await visitor.VisitAsync(Door, Cancel);

        await AssertRefusedAsync(visitor, landing);
    }

    [Fact]
    public async Task A_good_token_that_returns_with_another_state_is_refused()
    {
        fixture.Provider.Forge = token => token;
        using var visitor = new SignInClient(fixture.Entra.Authority, fixture.Entra.Portal.Address)
        {
            Returning = form => new(form) { ["state"] = form["state"][..^4] + "AAAA" },
        };

        var landing = await visitor.VisitAsync(Door, Cancel);

        await AssertRefusedAsync(visitor, landing);
    }

    [Fact]
    public async Task A_good_token_is_refused_in_a_browser_that_did_not_begin_the_sign_in()
    {
        fixture.Provider.Forge = token => token;
        Dictionary<string, string>? stolen = null;
        using var visitor = new SignInClient(fixture.Entra.Authority, fixture.Entra.Portal.Address) { Returning = form => stolen = form };
        await visitor.VisitAsync(Door, Cancel);
        using var stranger = new SignInClient(fixture.Entra.Authority, fixture.Entra.Portal.Address) { Returning = _ => stolen! };

        var landing = await stranger.VisitAsync(Door, Cancel);

        await AssertRefusedAsync(stranger, landing);
    }

    [Fact]
    public async Task A_good_token_signs_in_and_leads_to_the_page_that_was_asked_for()
    {
        fixture.Arrive(new Visitor("11111111-aaaa-4bbb-8ccc-000000000001", "Vera Visitor", "vera@uni.example.edu"));
        using var visitor = fixture.Entra.Open();

        var landing = await visitor.VisitAsync("/profile", Cancel);

        Assert.Equal((HttpStatusCode.OK, "/profile"), (landing.Status, landing.Address.AbsolutePath));
        Assert.Contains("Vera Visitor", landing.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_roles_give_places_in_courses_and_take_them_away_again()
    {
        const string Queue = "/courses/intro-python/escalations";
        fixture.Arrive(new Visitor("11111111-aaaa-4bbb-8ccc-000000000002", "Theo Assistant", "theo@uni.example.edu", "Python.Assistants", "Python.Students"));
        using var first = fixture.Entra.Open();
        Assert.Equal(HttpStatusCode.OK, (await first.VisitAsync(Queue, Cancel)).Status);

        fixture.Arrive(new Visitor("11111111-aaaa-4bbb-8ccc-000000000002", "Theo Assistant", "theo@uni.example.edu", "Python.Students"));
        using var second = fixture.Entra.Open();
        Assert.Equal(HttpStatusCode.NotFound, (await second.VisitAsync(Queue, Cancel)).Status);
        Assert.Equal(HttpStatusCode.OK, (await second.VisitAsync("/courses/intro-python", Cancel)).Status);

        fixture.Arrive(new Visitor("11111111-aaaa-4bbb-8ccc-000000000002", "Theo Assistant", "theo@uni.example.edu"));
        using var third = fixture.Entra.Open();
        Assert.Equal(HttpStatusCode.NotFound, (await third.VisitAsync("/courses/intro-python", Cancel)).Status);
    }

    [Fact]
    public async Task Groups_that_the_directory_left_out_of_the_token_take_nothing_away()
    {
        var visitor = new Visitor("11111111-aaaa-4bbb-8ccc-000000000003", "Greta Group", "greta@uni.example.edu");
        fixture.Arrive(visitor, payload => payload["groups"] = new JsonArray(Fixture.Group));
        using var first = fixture.Entra.Open();
        Assert.Equal(HttpStatusCode.OK, (await first.VisitAsync("/courses/academic-writing", Cancel)).Status);

        fixture.Arrive(visitor, payload => payload["_claim_names"] = new JsonObject { ["groups"] = "src1" });
        using var second = fixture.Entra.Open();
        Assert.Equal(HttpStatusCode.OK, (await second.VisitAsync("/courses/academic-writing", Cancel)).Status);

        fixture.Arrive(visitor, payload => payload["groups"] = new JsonArray());
        using var third = fixture.Entra.Open();
        Assert.Equal(HttpStatusCode.NotFound, (await third.VisitAsync("/courses/academic-writing", Cancel)).Status);
    }

    [Fact]
    public async Task An_address_that_moves_to_somebody_else_does_not_bring_the_places_of_who_had_it()
    {
        fixture.Arrive(new Visitor("11111111-aaaa-4bbb-8ccc-000000000004", "Alina First", "alina@uni.example.edu"));
        using var first = fixture.Entra.Open();
        await first.VisitAsync("/profile", Cancel);
        using (var database = fixture.Entra.Portal.OpenDatabase())
        {
            var id = (await database.QueryAsync<string>("SELECT id FROM person WHERE login = 'alina@uni.example.edu'", null, Cancel)).Single();
            await new PersonStore(database, TimeProvider.System).JoinAsync("intro-python", id, Role.Instructor, Cancel);
        }
        Assert.Equal(HttpStatusCode.OK, (await first.VisitAsync("/courses/intro-python/overview", Cancel)).Status);

        fixture.Arrive(new Visitor("11111111-aaaa-4bbb-8ccc-000000000005", "Alina Second", "alina@uni.example.edu"));
        using var second = fixture.Entra.Open();

        Assert.Equal(HttpStatusCode.NotFound, (await second.VisitAsync("/courses/intro-python/overview", Cancel)).Status);
        Assert.Equal(HttpStatusCode.OK, (await first.VisitAsync("/courses/intro-python/overview", Cancel)).Status);
    }

    private static async Task AssertRefusedAsync(SignInClient visitor, Landing landing)
    {
        Assert.False(visitor.IsSignedIn);
        Assert.Equal("/sign-in/refused", landing.Address.AbsolutePath);
        Assert.Contains("You are not signed in", landing.Page, StringComparison.Ordinal);
        Assert.Equal("/sign-in/refused", (await visitor.VisitAsync("/profile", Cancel)).Address.AbsolutePath);
    }

    private static string Unsigned(IdToken token)
    {
        token.Header["alg"] = "none";
        token.Header.Remove("kid");
        return token.WithoutSignature();
    }

    private static long Time(int minutesFromNow) => DateTimeOffset.UtcNow.AddMinutes(minutesFromNow).ToUnixTimeSeconds();

    public sealed class Fixture : IAsyncLifetime
    {
        public const string Group = "22222222-aaaa-4bbb-8ccc-000000000001";

        private static readonly Dictionary<string, string> rules = new()
        {
            ["SignIn:CourseRoles:0:AppRole"] = "Python.Assistants", ["SignIn:CourseRoles:0:Course"] = "intro-python", ["SignIn:CourseRoles:0:Role"] = "ta",
            ["SignIn:CourseRoles:1:AppRole"] = "Python.Students", ["SignIn:CourseRoles:1:Course"] = "intro-python", ["SignIn:CourseRoles:1:Role"] = "student",
            ["SignIn:CourseRoles:2:Group"] = Group, ["SignIn:CourseRoles:2:Course"] = "academic-writing", ["SignIn:CourseRoles:2:Role"] = "student",
        };

        public EntraPortal Entra { get; private set; } = null!;

        public OpenIdProvider Provider => Entra.Provider;

        /// <summary>Says who signs in next, with what else in their token.</summary>
        public void Arrive(Visitor visitor, Action<JsonObject>? change = null)
        {
            Provider.Visitor = visitor;
            Provider.Forge = change is null ? token => token : token => new IdToken(token).With(change).SignedBy(Provider.Key);
        }

        public async ValueTask InitializeAsync() => Entra = await EntraPortal.StartAsync(rules, TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync() => Entra.DisposeAsync();
    }
}
