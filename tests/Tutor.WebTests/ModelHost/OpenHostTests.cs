using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Tutor.WebTests.ModelHost;

/// <summary>Who may use a model host that asks nobody for a key, and what it takes.</summary>
[Trait("Database", "own")]
public sealed class OpenHostTests(SharedModelHost shared)
{
    private const string Question = """{"messages":[{"role":"user","content":"about loops"}],"temperature":0,"max_tokens":4}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=b")]
    [InlineData(null)]
    public async Task Only_json_is_read(string? type)
    {
        using var http = (await shared.GetAsync()).OpenClient();
        foreach (var path in new[] { "/v1/chat/completions", "/chat/completions", "/v1/embeddings", "/v1/chat/completions/input_tokens" })
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Question));
            if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"\ud800"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"stop":["\udc00"]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"logit_bias":{"\ud800":1}}""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"user":"LONG"}""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"stop":["LONG"]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"response_format":{"type":"json_schema","json_schema":{"schema":{"type":"string","pattern":"DEEP"}}}}""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"grammar":"root ::= DEEP"}""")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"grammar":"root ::= \"a\"SPACES"}""")]
    [InlineData("ARRAYS")]
    public async Task What_is_too_long_too_deep_or_half_a_character_is_the_callers_error_and_the_host_lives_on(string body)
    {
        using var http = (await shared.GetAsync()).OpenClient();
        body = body.Replace("LONG", new string('l', 100_000), StringComparison.Ordinal).Replace("DEEP", $"{new string('(', 100_000)}a{new string(')', 100_000)}", StringComparison.Ordinal)
            .Replace("SPACES", new string(' ', 200_000) + "(", StringComparison.Ordinal).Replace("ARRAYS", new string('[', 100_000), StringComparison.Ordinal);

        using var response = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        using var health = await http.GetAsync(new Uri("/health", UriKind.Relative), Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (response.StatusCode, health.StatusCode));
    }

    [Fact]
    public async Task Without_keys_a_host_refuses_to_listen_to_other_machines_and_says_what_to_set()
    {
        var output = "";
        var error = await Record.ExceptionAsync(async () =>
        {
            await using var host = await ModelHostProcess.StartAsync(new Dictionary<string, string?> { ["urls"] = "http://0.0.0.0:0", ["Server:ApiKeys:0"] = null });
            Assert.Equal(1, await host.WaitForExitAsync());
            output = host.Output;
        });

        Assert.Contains("Set Server:ApiKeys:0", output + error?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Tutor.", output + error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_keys_a_host_answers_its_own_machine_and_no_web_page_of_another_place()
    {
        await using var host = await ModelHostProcess.StartAsync(new Dictionary<string, string?> { ["Server:ApiKeys:0"] = null });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Address };

        Assert.Equal(HttpStatusCode.OK, await AskAsync(http));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, ("Origin", $"http://{host.Address.Authority}")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, ("Origin", "https://evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, ("Origin", "null")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, ("Host", "evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, ("Sec-Fetch-Site", "cross-site")));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Question, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, Cancel);
        return response.StatusCode;
    }
}
