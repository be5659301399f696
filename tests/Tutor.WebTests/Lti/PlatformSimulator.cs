using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tutor.WebTests.SignIn.Provider;

namespace Tutor.WebTests.Lti;

/// <summary>A learning platform: begins launches, answers the tool's authentication request, and gives names and roles to a tool that proves its key.</summary>
public sealed class PlatformSimulator : IAsyncDisposable
{
    public const string Client = "tutor-at-the-platform";
    public const string Deployment = "deployment-1";
    public const string Context = "platform-course-7";
    public const string Learner = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
    public const string Instructor = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";
    private const string Claim = "https://purl.imsglobal.org/spec/lti/claim/";
    private const string KeyId = "platform-key";
    private readonly WebApplication app;
    private readonly HttpClient toTool;
    private readonly ConcurrentDictionary<string, bool> tokens = new();

    private PlatformSimulator(TestAuthority authority)
    {
        toTool = new HttpClient(authority.Handler());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(authority.Certificate)));
        builder.WebHost.UseKestrelHttpsConfiguration();
        app = builder.Build();
        app.MapGet("/start", Start);
        app.MapGet("/authorize", Authorize);
        app.MapGet("/keys", Keys);
        app.MapPost("/token", TokenAsync);
        app.MapGet("/members", Members);
    }

    public RSA Key { get; } = RSA.Create(2048);

    /// <summary>Address of the platform; it is also its issuer.</summary>
    public Uri Address { get; private set; } = new("https://localhost");

    public Uri Tool { get; set; } = new("https://localhost");

    /// <summary>What the next login requests say, changed from what is right.</summary>
    public Action<Dictionary<string, string>> Beginning { get; set; } = _ => { };

    /// <summary>What the next tokens become on their way out.</summary>
    public Func<IdToken, string> Forge { get; set; }  = token => token.WithOldSignature();

    /// <summary>Subject, name, role and status of everyone in the platform's course.</summary>
    public IReadOnlyList<(string Id, string Name, string Role, string Status)> Course { get; set; } = [];

    public int KeyReads { get; private set; }

    public static async Task<PlatformSimulator> StartAsync(TestAuthority authority, CancellationToken cancel)
    {
        var platform = new PlatformSimulator(authority);
        await platform.app.StartAsync(cancel);
        platform.Address = new Uri($"https://localhost:{new Uri(platform.app.Urls.First()).Port}/");
        return platform;
    }

    public Dictionary<string, string> PortalSettings(string course) => new()
    {
        ["Lti:Platforms:0:Name"] = "Campus Learn", ["Lti:Platforms:0:Issuer"] = Address.ToString(), ["Lti:Platforms:0:ClientId"] = Client,
        ["Lti:Platforms:0:Deployments:0"] = Deployment, ["Lti:Platforms:0:LoginUrl"] = $"{Address}authorize", ["Lti:Platforms:0:KeysUrl"] = $"{Address}keys",
        ["Lti:Platforms:0:TokenUrl"] = $"{Address}token", ["Lti:Platforms:0:Courses:0:Context"] = Context, ["Lti:Platforms:0:Courses:0:Course"] = course,
    };

    /// <summary>Where a person on the platform clicks the link to the tool.</summary>
    public string Link(string person, string name, string target = "/courses/intro-python") =>
        $"{Address}start?person={Uri.EscapeDataString(person)}&name={Uri.EscapeDataString(name)}&target={Uri.EscapeDataString(new Uri(Tool, target).ToString())}";

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        toTool.Dispose();
        Key.Dispose();
    }

    private IResult Start(string person, string name, string target)
    {
        var request = new Dictionary<string, string>
        {
            ["iss"] = Address.ToString(), ["client_id"] = Client, ["lti_deployment_id"] = Deployment, ["login_hint"] = $"{person}|{name}",
            ["target_link_uri"] = target, ["lti_message_hint"] = target,
        };
        Beginning(request);
        return Results.Redirect($"{new Uri(Tool, "/lti/login")}{QueryString.Create(request!)}");
    }

    // The signed-in person's browser comes with the tool's request and leaves with a form for the tool.
    private IResult Authorize(HttpRequest request)
    {
        string Given(string name) => request.Query[name].ToString();
        if (Given("client_id") != Client || Given("response_mode") != "form_post" || Given("response_type") != "id_token" || Given("scope") != "openid" || Given("prompt") != "none")
            return Results.BadRequest("This is no authentication request of LTI 1.3.");
        if (Given("redirect_uri") != new Uri(Tool, "/lti/launch").ToString())
            return Results.BadRequest("The redirect address is not registered.");
        var person = Given("login_hint").Split('|');
        var token = Forge(new IdToken(Sign(person[0], person[1], Given("nonce"), Given("lti_message_hint"))));
        return Results.Content(
            $"""
            <html><body><form method="post" action="{WebUtility.HtmlEncode(Given("redirect_uri"))}">
            <input type="hidden" name="id_token" value="{WebUtility.HtmlEncode(token)}" />
            <input type="hidden" name="state" value="{WebUtility.HtmlEncode(Given("state"))}" />
            <button>Go on</button></form></body></html>
            """, "text/html");
    }

    private string Sign(string person, string name, string nonce, string target)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["iss"] = Address.ToString(), ["aud"] = Client, ["sub"] = person, ["exp"] = now + 300, ["iat"] = now, ["nonce"] = nonce, ["name"] = name,
            [Claim + "version"] = "1.3.0", [Claim + "message_type"] = "LtiResourceLinkRequest", [Claim + "deployment_id"] = Deployment,
            [Claim + "target_link_uri"] = target, [Claim + "resource_link"] = new JsonObject { ["id"] = "link-1" },
            [Claim + "roles"] = new JsonArray(Learner), [Claim + "context"] = new JsonObject { ["id"] = Context, ["title"] = "Python" },
            ["https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"] = new JsonObject
            {
                ["context_memberships_url"] = $"{Address}members", ["service_versions"] = new JsonArray("2.0"),
            },
        };
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = KeyId };
        return IdToken.Of(header, payload).SignedBy(Key);
    }

    private IResult Keys()
    {
        KeyReads++;
        var key = Key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyId, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } });
    }

    // As platforms do: the tool's assertion is checked against the keys at the tool's own address.
    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var keys = new JsonWebKeySet(await toTool.GetStringAsync(new Uri(Tool, "/lti/keys")));
        var checkedToken = await new JsonWebTokenHandler().ValidateTokenAsync(form["client_assertion"], new TokenValidationParameters
        {
            ValidIssuer = Client, ValidAudience = $"{Address}token", IssuerSigningKeys = keys.GetSigningKeys(), ValidAlgorithms = ["RS256"], RequireExpirationTime = true,
        });
        if (!checkedToken.IsValid || form["grant_type"] != "client_credentials"
            || !form["scope"].ToString().Contains("contextmembership.readonly", StringComparison.Ordinal))
            return Results.BadRequest(new { error = "invalid_client" });
        var token = Guid.NewGuid().ToString("N");
        tokens[token] = true;
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 3600 });
    }

    private IResult Members(HttpContext context, int from = 0)
    {
        const int PageSize = 2;
        if (!tokens.ContainsKey(context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)))
            return Results.Unauthorized();
        if (from + PageSize < Course.Count)
            context.Response.Headers["Link"] = $"<{Address}members?from={from + PageSize}>; rel=\"next\"";
        return Results.Content(JsonSerializer.Serialize(new
        {
            id = $"{Address}members",
            members = Course.Skip(from).Take(PageSize).Select(m => new { user_id = m.Id, name = m.Name, roles = new[] { m.Role }, status = m.Status }),
        }), "application/vnd.ims.lti-nrps.v2.membershipcontainer+json");
    }
}
