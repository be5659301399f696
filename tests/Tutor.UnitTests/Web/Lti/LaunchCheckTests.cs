using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Tutor.Tests.Shared;
using Tutor.Web.Lti;

namespace Tutor.UnitTests.Web.Lti;

public sealed class LaunchCheckTests : IDisposable
{
    private const string Claim = "https://purl.imsglobal.org/spec/lti/claim/";
    private const string Nonce = "0123456789abcdef0123456789abcdef";
    private static readonly RSA key = RSA.Create(2048);
    private static readonly string[] claims =
    [
        "iss", "aud", "azp", "sub", "nonce", "iat", "exp", "nbf", "name", "given_name", "family_name", "email", "jti", Claim + "version", Claim + "message_type", Claim + "deployment_id",
        Claim + "resource_link", Claim + "target_link_uri", Claim + "roles", Claim + "context", Claim + "custom", "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice",
    ];

    private static readonly string[] odd =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "-1e400", "99999999999999999999999999", "\"\"", "\" \"", "\"1795916907\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\u202e\"", "[]", "[[]]", "[null,1,\"\\udfff\"]",
        "{}", "{\"id\":5}", "{\"id\":\"\\u0000\"}", "{\"id\":null,\"id\":\"7\"}", "\"" + new string('x', 5000) + "\"", string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)),
    ];

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 28, 22, 28, 30, TimeSpan.Zero));
    private readonly HttpClient http = new(new Keys());
    private readonly LtiPlatform platform = new()
    {
        Name = "Learn", Issuer = "https://learn.example/", ClientId = "tutor", Deployments = ["1"], LoginUrl = "https://learn.example/authorize", KeysUrl = "https://learn.example/keys", LoginClaim = "custom:login",
    };

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    [Theory]
    [InlineData("0", "300")]
    [InlineData("0.25", "300.25")]
    [InlineData("0.0", "300")]
    [InlineData("-9.999999", "0.5")]
    public async Task A_time_may_have_a_fraction(string issued, string expires)
    {
        var launch = await ReadAsync(Payload(("iat", Shift(issued)), ("exp", Shift(expires)), ("nbf", Shift(issued))));

        Assert.Equal("Quintus Vandermeer", launch.Name.Name);
    }

    [Fact]
    public async Task A_time_may_be_written_with_an_exponent() =>
        Assert.NotNull(await ReadAsync(Payload(("iat", $"{Now / 1e9:0.000000000}e9"), ("exp", $"{(Now + 300) / 1e9:0.000000000}E+9"))));

    [Fact]
    public async Task The_times_of_the_shared_launch_are_taken()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        var given = JsonNode.Parse(File.ReadAllText(Path.Combine(SharedData.Folder!, "faults", "lti_iat_fraction.json")))!;
        time.AdjustTime(DateTimeOffset.FromUnixTimeSeconds((long)given["iat"]!.GetValue<double>() + 2));

        Assert.NotNull(await ReadAsync(Payload(("iat", given["iat"]!.ToJsonString()), ("exp", given["exp"]!.ToJsonString()))));
    }

    [Theory]
    [InlineData("iat", "\"1795904910\"", "iat")]
    [InlineData("iat", "true", "iat")]
    [InlineData("iat", "1e300", "malformed")]
    [InlineData("iat", null, "iat")]
    [InlineData("exp", "\"soon\"", "exp")]
    [InlineData("exp", "[1]", "exp")]
    [InlineData("exp", null, "exp")]
    [InlineData("exp", "-300.5", "exp")]
    [InlineData("nbf", "{}", "nbf")]
    [InlineData("nbf", "99999999999", "nbf")]
    public async Task What_is_no_time_is_refused_and_the_log_names_the_claim(string claim, string? value, string named)
    {
        var refused = await Assert.ThrowsAsync<LaunchRefusedException>(() => ReadAsync(Payload((claim, value))));

        Assert.Equal(LaunchRefusal.Token, refused.Refusal);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exp", "-61")]
    [InlineData("iat", "-661")]
    [InlineData("iat", "61")]
    [InlineData("nbf", "61.5")]
    public async Task A_time_outside_of_its_bounds_is_refused(string claim, string shift) =>
        await Assert.ThrowsAsync<LaunchRefusedException>(() => ReadAsync(Payload((claim, Shift(shift)))));

    [Theory]
    [InlineData("{\"name\":\"\",\"given_name\":\"Gia\",\"family_name\":\"D'Amico\"}", "Gia D'Amico", false)]
    [InlineData("{\"name\":\"  \\u200b\",\"given_name\":\"Gia\",\"family_name\":\"D'Amico\"}", "Gia D'Amico", false)]
    [InlineData("{\"name\":42,\"given_name\":\"Gia\",\"family_name\":null}", "Gia", true)]
    [InlineData("{\"family_name\":\"D'Amico\"}", "D'Amico", true)]
    [InlineData("{\"name\":\"   \"}", null, true)]
    [InlineData("{}", null, true)]
    public async Task The_name_is_the_best_that_the_claims_give(string names, string? name, bool isPart)
    {
        var given = JsonNode.Parse(names)!.AsObject().Select(claim => (claim.Key, claim.Value?.ToJsonString() ?? "null")).ToArray();

        var launch = await ReadAsync(Payload([("name", null), .. given]));

        Assert.Equal((name, isPart), (launch.Name.Name, launch.Name.IsPart));
    }

    [Fact]
    public void Whatever_a_signed_token_holds_it_is_a_launch_or_a_refusal()
    {
        var claim = Gen.Int[0, claims.Length - 1].Select(i => claims[i]);
        var change = Gen.Select(claim, Gen.Int[-1, odd.Length - 1].Select(i => i < 0 ? null : odd[i]), (name, value) => (name, value));
        var (held, refused) = (0, 0);
        change.Array[1, 3].Sample(changes =>
        {
            try
            {
                _ = ReadAsync(Payload(changes)).GetAwaiter().GetResult();
                Interlocked.Increment(ref held);
            }
            catch (LaunchRefusedException)
            {
                Interlocked.Increment(ref refused);
            }
        }, iter: 1500);

        Assert.True(held > 50 && refused > 50, $"{held} held, {refused} were refused.");
    }

    [Theory]
    [InlineData("""{"alg":5,"kid":"k"}""", null)]
    [InlineData("""{"alg":"RS256","kid":5}""", null)]
    [InlineData("""{"alg":"RS256","kid":["k"]}""", null)]
    [InlineData("""{"alg":"RS256","kid":"\ud800"}""", null)]
    [InlineData("""{"alg":"RS256","kid":"k","typ":{}}""", null)]
    [InlineData("[]", null)]
    [InlineData("nonsense", null)]
    [InlineData("""{"alg":"RS256","kid":"k"}""", "[]")]
    [InlineData("""{"alg":"RS256","kid":"k"}""", "5")]
    [InlineData("""{"alg":"RS256","kid":"k"}""", "\"text\"")]
    [InlineData("""{"alg":"RS256","kid":"k"}""", "")]
    [InlineData("""{"alg":"RS256","kid":"k"}""", "{\"iss\":")]
    public async Task A_header_or_body_that_is_none_is_refused(string header, string? payload) =>
        await Assert.ThrowsAsync<LaunchRefusedException>(async () =>
        {
            await ReadAsync(payload ?? Payload(), header);
            // A header with an odd field that nobody reads is no reason to refuse.
            if (header.Contains("typ", StringComparison.Ordinal)) throw new LaunchRefusedException(LaunchRefusal.Token, "");
        });

    public void Dispose() => http.Dispose();

    private string Shift(string seconds) => (Now + decimal.Parse(seconds, null)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Task<LtiLaunch> ReadAsync(string payload, string header = """{"alg":"RS256","typ":"JWT","kid":"k"}""")
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        var token = $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
        var tool = new ToolKeys(null!, new EphemeralDataProtectionProvider(), time);
        return new LaunchCheck(new PlatformKeys(new PlatformClient(http, tool, time), time), time).ReadAsync(token, platform, Nonce, TestContext.Current.CancellationToken);
    }

    private string Payload(params (string Claim, string? Value)[] changes)
    {
        var fields = new Dictionary<string, string?>
        {
            ["iss"] = "\"https://learn.example/\"", ["aud"] = "\"tutor\"", ["sub"] = "\"user-20\"", ["nonce"] = $"\"{Nonce}\"", ["iat"] = $"{Now}", ["exp"] = $"{Now + 300}", ["name"] = "\"Quintus Vandermeer\"",
            [Claim + "version"] = "\"1.3.0\"", [Claim + "message_type"] = "\"LtiResourceLinkRequest\"", [Claim + "deployment_id"] = "\"1\"", [Claim + "resource_link"] = "{\"id\":\"r\"}",
            [Claim + "target_link_uri"] = "\"https://tutor.example/courses/lab\"", [Claim + "roles"] = "[]", [Claim + "context"] = "{\"id\":\"17\"}",
        };
        foreach (var (claim, value) in changes) fields[claim] = value;
        return "{" + string.Join(',', fields.Where(field => field.Value is not null).Select(field => $"{JsonSerializer.Serialize(field.Key)}:{field.Value}")) + "}";
    }

    /// <summary>The address at which the platform keeps its keys.</summary>
    private sealed class Keys : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var publicKey = key.ExportParameters(includePrivateParameters: false);
            var set = JsonSerializer.Serialize(new { keys = new[] { new { kty = "RSA", kid = "k", n = Base64Url.EncodeToString(publicKey.Modulus), e = Base64Url.EncodeToString(publicKey.Exponent) } } });
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(set) });
        }
    }
}
