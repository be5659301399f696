using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Tutor.Tests.Shared.Models;

namespace Tutor.WebTests.ModelHost;

[Trait("Database", "own")]
public sealed class HttpApiTests(SharedModelHost shared)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Curl_reads_an_answer_as_server_sent_events()
    {
        var host = await shared.GetAsync();
        var start = new ProcessStartInfo("curl") { RedirectStandardOutput = true };
        foreach (var argument in new[]
        {
            "-sS", "-N", "-i", "--noproxy", "*", "-H", $"Authorization: Bearer {ModelHostProcess.Key}", "-H", "Content-Type: application/json", "-d",
            """{"messages":[{"role":"user","content":"about loops"}],"temperature":0,"stream":true,"stream_options":{"include_usage":true}}""", $"{host.Api}/chat/completions",
        }) start.ArgumentList.Add(argument);
        using var curl = Process.Start(start)!;
        var output = await curl.StandardOutput.ReadToEndAsync(Cancel);

        Assert.Contains("HTTP/1.1 200 OK", output, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/event-stream", output, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", output, StringComparison.Ordinal);
        var chunks = output.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[6..]).RootElement).ToList();
        var deltas = chunks.Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0).Select(chunk => chunk.GetProperty("choices")[0]).ToList();
        Assert.Equal("assistant", deltas[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal(ScriptedModel.LoopsAnswer, string.Concat(deltas.Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : "")));
        Assert.Equal(["stop"], deltas.Select(choice => choice.GetProperty("finish_reason").GetString()).OfType<string>());
        Assert.True(chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 3);
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", chunk.GetProperty("object").GetString()));
    }

    [Theory]
    [InlineData("""{"messages": [}""", 400, null, "invalid_json")]
    [InlineData("[]", 400, null, null)]
    [InlineData("""{"model":"default"}""", 400, "messages", "missing_required_parameter")]
    [InlineData("""{"messages":"hi"}""", 400, "messages", "invalid_type")]
    [InlineData("""{"messages":[{"content":"hi"}]}""", 400, "messages[0].role", "missing_required_parameter")]
    [InlineData("""{"messages":[{"role":"tool","content":"hi"}]}""", 400, "messages[0].role", "invalid_value")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", 400, "messages[0].content[0].type", "unsupported_value")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"temperature":"warm"}""", 400, "temperature", "invalid_type")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"temperature":9}""", 400, "temperature", "out_of_range")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"max_tokens":0}""", 400, "max_tokens", "out_of_range")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"max_tokens":5000}""", 400, "max_tokens", "out_of_range")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"response_format":{"type":"json_schema","json_schema":{"schema":{"type":"frob"}}}}""", 400, "response_format", "unsupported_schema")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"grammar":"root ::= \"a"}""", 400, "grammar", "invalid_grammar")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"continue_final_message":true}""", 400, "continue_final_message", "invalid_value")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function"}],"tool_choice":"required"}""", 400, "tool_choice", "unsupported_value")]
    [InlineData("""{"model":"gpt-9","messages":[{"role":"user","content":"hi"}]}""", 404, "model", "model_not_found")]
    public async Task A_wrong_request_gets_an_error_that_names_the_field(string body, int status, string? parameter, string? code)
    {
        var (answered, error) = await PostAsync("/v1/chat/completions", body);
        var (streamed, _) = await PostAsync("/v1/chat/completions", body.Replace("{\"m", "{\"stream\":true,\"m", StringComparison.Ordinal));

        Assert.Equal((status, parameter, code), (answered, error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(status, streamed);
    }

    [Fact]
    public async Task Tools_that_may_be_called_are_not()
    {
        using var http = (await shared.GetAsync()).OpenClient();
        using var question = new StringContent(
            """{"messages":[{"role":"user","content":"about loops"}],"temperature":0,"tools":[{"type":"function","function":{"name":"search"}}],"tool_choice":"auto"}""", Encoding.UTF8, "application/json");

        using var answer = JsonDocument.Parse(await (await http.PostAsync("/v1/chat/completions", question, Cancel)).Content.ReadAsStringAsync(Cancel));

        Assert.Equal(ScriptedModel.LoopsAnswer, answer.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_conversation_beyond_the_context_says_how_long_it_is()
    {
        var (status, error) = await PostAsync("/v1/chat/completions", JsonSerializer.Serialize(new { messages = new[] { new { role = "user", content = new string('x', 30_000) } }, stream = true }));

        Assert.Equal((400, "context_length_exceeded"), (status, error.GetProperty("code").GetString()));
        Assert.Contains("maximum context length is 4096 tokens", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_a_wrong_key_and_a_wrong_address_get_errors_of_the_same_form()
    {
        var host = await shared.GetAsync();
        var large = await PostAsync("/v1/chat/completions", $$"""{"messages":[{"role":"user","content":"{{new string('x', 5_000_000)}}"}]}""");
        var nowhere = await PostAsync("/v1/nope", "{}");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Address };
        using var stranger = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), new StringContent("{}"), Cancel);
        using var method = host.OpenClient();
        using var get = await method.GetAsync(new Uri("/v1/chat/completions", UriKind.Relative), Cancel);

        Assert.Equal((413, "request_too_large"), (large.Status, large.Error.GetProperty("code").GetString()));
        Assert.Equal((404, "unknown_url"), (nowhere.Status, nowhere.Error.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_api_key"), (stranger.StatusCode, (await ErrorAsync(stranger)).GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "method_not_supported"), (get.StatusCode, (await ErrorAsync(get)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Several_answers_come_whole_and_streamed_under_their_numbers()
    {
        using var http = (await shared.GetAsync()).OpenClient();
        const string Body = """{"messages":[{"role":"user","content":"about loops"}],"temperature":0,"n":3}""";
        using var whole = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), new StringContent(Body, Encoding.UTF8, "application/json"), Cancel);
        using var streamed = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), new StringContent(Body.Replace("{\"m", "{\"stream\":true,\"m", StringComparison.Ordinal), Encoding.UTF8, "application/json"), Cancel);

        var choices = JsonDocument.Parse(await whole.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("choices").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2], choices.Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.All(choices, choice => Assert.Equal(ScriptedModel.LoopsAnswer, choice.GetProperty("message").GetProperty("content").GetString()));
        var texts = (await streamed.Content.ReadAsStringAsync(Cancel)).Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line[6..]).RootElement.GetProperty("choices")[0])
            .GroupBy(choice => choice.GetProperty("index").GetInt32(), choice => choice.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : "");
        Assert.All(texts, text => Assert.Equal(ScriptedModel.LoopsAnswer, string.Concat(text)));
        Assert.Equal(3, texts.Count());
    }

    [Fact]
    public async Task Students_cannot_write_control_tokens()
    {
        var plain = await CountAsync("");
        var hostile = await CountAsync("<|im_end|>");

        Assert.True(hostile - plain > 1, $"{hostile} tokens against {plain}: the letters became the token.");
    }

    [Fact]
    public async Task Metrics_count_what_was_done_under_the_names_dashboards_know()
    {
        using var http = (await shared.GetAsync()).OpenClient();
        await PostAsync("/v1/chat/completions", """{"messages":[{"role":"user","content":"about loops"}],"temperature":0}""");

        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel)).Split('\n');

        foreach (var name in new[] { "llamacpp:tokens_predicted_total", "llamacpp:n_decode_total", "vllm:prefix_cache_queries", "vllm:time_to_first_token_seconds_count" })
            Assert.True(double.Parse(lines.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1]) > 0, name);
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
            Assert.Matches(@"^[a-z]+:[a-z_0-9]+(\{[^}]+\})? -?[0-9.eE+-]+$", line);
    }

    private async Task<int> CountAsync(string text)
    {
        using var http = (await shared.GetAsync()).OpenClient();
        using var answer = await http.PostAsync(new Uri("/v1/chat/completions/input_tokens", UriKind.Relative), new StringContent(JsonSerializer.Serialize(new { messages = new[] { new { role = "user", content = text } } }), Encoding.UTF8, "application/json"), Cancel);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("input_tokens").GetInt32();
    }

    private async Task<(int Status, JsonElement Error)> PostAsync(string address, string body)
    {
        using var http = (await shared.GetAsync()).OpenClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        // A body that is refused by its length is then not sent at all.
        request.Headers.ExpectContinue = body.Length > 1_000_000;
        using var answer = await http.SendAsync(request, Cancel);
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? default : await ErrorAsync(answer));
    }

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("error");
}
