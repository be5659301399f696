using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Tutor.WebTests.Access;

/// <summary>Every field of every endpoint, tried with what no client of ours would send. New endpoints come in by the access matrix, new fields by the API's own description.</summary>
public sealed class FieldLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly string huge = new('x', 20_000_000);

    private static readonly (string Name, Func<JsonNode?> Value)[] wrongs =
    [
        ("null", () => null), ("a number", () => 7), ("a list", () => new JsonArray(1, 2)), ("an object", () => new JsonObject { ["a"] = 1 }), ("twenty million characters", () => huge),
    ];

    [Fact]
    public async Task Every_field_of_the_api_is_refused_in_words_when_it_is_null_of_another_type_or_huge()
    {
        await using var portal = new WantedPortal();
        using var http = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        await portal.SeedAsync(Cancel);
        var bodies = await BodiesAsync(http);
        var before = await CountAsync(portal);
        var mistakes = new List<string>();

        foreach (var row in EndpointRows.All.Where(row => row.Json is not null))
        {
            var fields = bodies[row.Endpoint.Split(' ')[1]];
            Assert.NotEmpty(fields);
            foreach (var (field, nullable) in fields)
            {
                foreach (var (name, value) in wrongs)
                {
                    if (nullable && name == "null") continue;
                    var body = JsonNode.Parse(row.Json!)!.AsObject();
                    body[field] = value();
                    var (status, problem) = await SendAsync(portal, http, row, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
                    var named = name == "twenty million characters" ? status is 413 or 400 : status == 400 && JsonNode.Parse(problem)!["detail"]!.GetValue<string>().Contains($"\"{field}\"", StringComparison.Ordinal);
                    if (!named) mistakes.Add($"{row.Endpoint}: {field} is {name}: {status} {problem}");
                }
            }
            foreach (var missing in JsonNode.Parse(row.Json!)!.AsObject().Select(field => field.Key).ToList())
            {
                var body = JsonNode.Parse(row.Json!)!.AsObject();
                body.Remove(missing);
                var (status, problem) = await SendAsync(portal, http, row, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
                if (status != 400 || !problem.Contains(missing, StringComparison.Ordinal)) mistakes.Add($"{row.Endpoint}: without {missing}: {status} {problem}");
            }
        }

        Assert.Equal([], mistakes);
        Assert.Equal(before, await CountAsync(portal));
    }

    [Fact]
    public async Task What_is_no_json_or_of_another_type_is_answered_as_such_and_never_as_a_fault_of_the_portal()
    {
        await using var portal = new WantedPortal();
        using var http = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        await portal.SeedAsync(Cancel);
        var mistakes = new List<string>();
        (HttpContent Content, int Status)[] Sent(string json) =>
        [
            (new StringContent(json, Encoding.UTF8, "text/plain"), 415), (new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded"), 415),
            (new ByteArrayContent(Encoding.UTF8.GetBytes(json)), 415), (new StringContent("", Encoding.UTF8, "application/json"), 400), (new StringContent("null", Encoding.UTF8, "application/json"), 400),
            (new StringContent("[]", Encoding.UTF8, "application/json"), 400), (new StringContent("{", Encoding.UTF8, "application/json"), 400),
            (new StringContent("\"text\"", Encoding.UTF8, "application/json"), 400), (new StringContent(new string('[', 100_000), Encoding.UTF8, "application/json"), 400),
            (new StringContent($"{{\"work\":\"\\ud800\"{json[1..^1].Insert(0, ",")}}}", Encoding.UTF8, "application/json"), 0), (Bytes(0xff, 0xfe, 0x7b), 400),
        ];

        foreach (var row in EndpointRows.All.Where(row => row.Json is not null))
        {
            foreach (var (content, wanted) in Sent(row.Json!))
            {
                var (status, problem) = await SendAsync(portal, http, row, content);
                if (status >= 500 || (wanted > 0 && status != wanted) || (status >= 400 && !problem.Contains("\"detail\"", StringComparison.Ordinal)))
                    mistakes.Add($"{row.Endpoint} with {content.Headers.ContentType}, {content.Headers.ContentLength} bytes: {status}, not {wanted}: {problem}");
            }
        }
        foreach (var address in new[] { "/api/v1/nothing", "/api/v1/interactions/%E2%80%AE/stream?revision=x", $"/api/v1/interactions/{new string('i', 3_000)}", "/api/v1/interactions/a%27%20--" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = portal.TokenOf(Who.Author);
            using var response = await http.SendAsync(request, Cancel);
            if ((int)response.StatusCode is < 400 or >= 500 || response.Content.Headers.ContentType?.MediaType != "application/problem+json")
                mistakes.Add($"{address}: {(int)response.StatusCode} {response.Content.Headers.ContentType}");
        }

        Assert.Equal([], mistakes);
    }

    [Fact]
    public async Task Every_form_and_every_query_of_a_page_stands_odd_characters_and_great_lengths()
    {
        await using var portal = new WantedPortal();
        using var http = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        await portal.SeedAsync(Cancel);
        string[] odd = ["\0", "\ud83d", "\u202e\u0001", "' OR 1=1 --", "%_\\", "-1", "99999999999999999999", new string('q', 4_000), "<script>"];
        var queries = typeof(Web.App).Assembly.GetTypes().SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null)
            .Select(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? property.Name).Distinct().ToList();
        var mistakes = new List<string>();
        Assert.True(queries.Count > 5);

        foreach (var row in EndpointRows.All.Where(row => row.Json is null && row.Endpoint.StartsWith("GET", StringComparison.Ordinal) && !row.Endpoint.Contains("/stream", StringComparison.Ordinal)))
        {
            foreach (var value in odd)
            {
                // What is no page of the portal ignores them.
                var query = string.Join('&', queries.Select(name => $"{name}={Uri.EscapeDataString(value.Replace("\ud83d", "\ufffd", StringComparison.Ordinal))}"));
                var asked = row with { Address = rows => $"{row.AddressIn(rows)}?{query}" };
                using var response = await portal.SendAsync(http, asked, "GET", row.May.Contains(Who.Instructor) ? Who.Instructor : row.May.Count > 0 ? row.May[0] : Who.Instructor, Cancel);
                if ((int)response.StatusCode >= 500 && !row.Endpoint.Contains("/health", StringComparison.Ordinal)) mistakes.Add($"{row.Endpoint} with {value[..Math.Min(20, value.Length)]}: {(int)response.StatusCode}");
            }
        }
        foreach (var row in EndpointRows.All.Where(row => row.Endpoint.Contains("POST", StringComparison.Ordinal) && row.Json is null))
        {
            foreach (var value in odd.Append(new string('b', 400_000)))
            {
                var asked = row with { Form = string.Join('\n', (row.Form ?? "body=x").Split('\n').Select(line => line.Split('=')[0]).Append("question").Append("person").Append("id_token").Append("state").Distinct()
                    .Select(name => $"{name}={value.Replace("=", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)}")) };
                using var response = await portal.SendAsync(http, asked, "POST", row.May.Contains(Who.Author) ? Who.Author : Who.Instructor, Cancel);
                if ((int)response.StatusCode >= 500)
                    mistakes.Add($"POST {row.Endpoint} with {Uri.EscapeDataString(value[..Math.Min(20, value.Length)].Replace("\ud83d", "", StringComparison.Ordinal))}: {(int)response.StatusCode} {(await response.Content.ReadAsStringAsync(Cancel))[..300]}");
            }
        }

        Assert.Equal([], mistakes.Distinct());
    }

    private static ByteArrayContent Bytes(params byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static async Task<(int Status, string Problem)> SendAsync(WantedPortal portal, HttpClient http, EndpointRow row, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, row.AddressIn(portal.Rows)) { Content = content };
        request.Headers.Authorization = portal.TokenOf(Who.Author);
        using var response = await http.SendAsync(request, Cancel);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        if ((int)response.StatusCode >= 400) Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return ((int)response.StatusCode, body[..Math.Min(400, body.Length)]);
    }

    // What the API says of itself: the fields of each request's body, and whether they may be null.
    private static async Task<Dictionary<string, List<(string Name, bool Nullable)>>> BodiesAsync(HttpClient http)
    {
        using var described = JsonDocument.Parse(await http.GetStringAsync("/openapi/v1.json", Cancel));
        var schemas = described.RootElement.GetProperty("components").GetProperty("schemas");
        return described.RootElement.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal) && path.Value.TryGetProperty("post", out var post) && post.TryGetProperty("requestBody", out _))
            .ToDictionary(path => path.Name, path =>
            {
                var reference = path.Value.GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;
                return schemas.GetProperty(reference.Split('/')[^1]).GetProperty("properties").EnumerateObject()
                    .Select(field => (field.Name, field.Value.GetRawText().Contains("\"null\"", StringComparison.Ordinal))).ToList();
            });
    }

    private static async Task<long> CountAsync(WantedPortal portal) =>
        (await portal.Database.QueryAsync<long>("SELECT COUNT(*) FROM interaction", null, Cancel))[0];
}
