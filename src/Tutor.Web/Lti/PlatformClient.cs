using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tutor.Core.People;
using Tutor.Data.Lti;

namespace Tutor.Web.Lti;

/// <summary>Asks a platform for its keys and for the names and roles of a course.</summary>
public sealed class PlatformClient(HttpClient http, ToolKeys toolKeys, TimeProvider time)
{
    private const int MostPages = 200;

    public async Task<string> ReadKeysAsync(LtiPlatform platform, CancellationToken cancel) => await http.GetStringAsync(new Uri(platform.KeysUrl), cancel);

    /// <summary>Everyone of a course, in as many pages as the platform makes of them. Who left or is inactive is not among them.</summary>
    /// <exception cref="HttpRequestException">The platform refuses or does not answer; the message says what to look at.</exception>
    public async Task<IReadOnlyList<PlatformMember>> ReadMembersAsync(LtiPlatform platform, string address, CancellationToken cancel)
    {
        var token = await AuthorizeAsync(platform, cancel);
        var members = new List<PlatformMember>();
        var next = new Uri(address);
        for (var page = 0; next is not null && page < MostPages; page++)
        {
            // The address came in a signed token, and the next ones in answers; neither may lead the portal elsewhere.
            if (!platform.Reaches(next))
                throw new HttpRequestException($"The list of names lies on {next.Authority}, which the settings do not allow. Add it to Hosts of this platform if it is right.");
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(LtiClaims.NamesType));
            using var response = await http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"The platform answered {(int)response.StatusCode} for its list of names. Allow the tool to read names and roles in the platform's settings.");
            using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancel), cancellationToken: cancel);
            foreach (var member in body.RootElement.GetProperty("members").EnumerateArray())
                if (Read(member, platform) is { } read)
                    members.Add(read);
            next = NextPage(response, next);
        }
        return members;
    }

    private async Task<string> AuthorizeAsync(LtiPlatform platform, CancellationToken cancel)
    {
        if (platform.TokenUrl.Length == 0)
            throw new HttpRequestException("The settings have no TokenUrl for this platform; names and roles cannot be asked for without it.");
        var key = await toolKeys.SigningAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        var assertion = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = platform.ClientId, Audience = platform.TokenAudience is { Length: > 0 } audience ? audience : platform.TokenUrl, IssuedAt = now, NotBefore = now, Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = platform.ClientId, ["jti"] = Guid.NewGuid().ToString("N") },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion, ["scope"] = LtiClaims.NamesScope,
        });
        using var response = await http.PostAsync(new Uri(platform.TokenUrl), form, cancel);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"The platform gave no access ({(int)response.StatusCode}). Check that it has this portal's key address, /lti/keys, and that TokenUrl is right.");
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancel), cancellationToken: cancel);
        return body.RootElement.GetProperty("access_token").GetString()!;
    }

    private static PlatformMember? Read(JsonElement member, LtiPlatform platform)
    {
        string? Text(string name) => LtiJson.Text(member, name);
        if (Text("user_id") is not { Length: > 0 and <= 255 } id || id.Any(char.IsControl) || Text("status") is { } status && status != "Active")
            return null;
        var roles = member.TryGetProperty("roles", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(LtiJson.Text).OfType<string>().ToList()
            : [];
        if (LtiRoles.Of(roles) is not { } role)
            return null;
        return new PlatformMember($"{platform.Provider} {id}", ClaimedName.Of(Text).Name, Text("email"), role);
    }

    private static Uri? NextPage(HttpResponseMessage response, Uri here)
    {
        foreach (var link in response.Headers.TryGetValues("Link", out var links) ? links.SelectMany(l => l.Split(',')) : [])
            if (link.Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase) && link.Split('<', '>') is [_, var address, ..])
                return Uri.TryCreate(here, address, out var next) ? next
                    : throw new HttpRequestException("The platform's list of names goes on at an address that is none. Tell who looks after the platform.");
        return null;
    }
}
