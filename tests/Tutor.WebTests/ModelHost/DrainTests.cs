using System.Net;
using System.Text.Json;
using Tutor.Tests.Shared.Models;

namespace Tutor.WebTests.ModelHost;

[Trait("Database", "own")]
public sealed class DrainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_is_told_to_stop_refuses_new_requests_and_finishes_the_running_one()
    {
        await using var host = await ModelHostProcess.StartAsync(LongAnswers(slots: 2));
        using var http = host.OpenClient();
        using var running = await StreamAsync(http);
        await using var body = await running.Content.ReadAsStreamAsync(Cancel);
        using var reader = new StreamReader(body);
        await reader.ReadLineAsync(Cancel);

        await host.TerminateAsync();
        var (refused, error) = await UntilRefusedAsync(http);
        using var health = await http.GetAsync(new Uri("/health", UriKind.Relative), Cancel);
        using var models = await http.GetAsync(new Uri("/v1/models", UriKind.Relative), Cancel);
        var rest = await reader.ReadToEndAsync(Cancel);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining", "server_error"), (refused, error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (health.StatusCode, models.StatusCode));
        Assert.EndsWith("data: [DONE]\n\n", rest, StringComparison.Ordinal);
        Assert.Equal(0, await host.WaitForExitAsync());
    }

    [Fact]
    public async Task A_full_queue_says_when_to_come_back()
    {
        await using var host = await ModelHostProcess.StartAsync(LongAnswers(slots: 1));
        using var http = host.OpenClient();
        using var running = await StreamAsync(http);

        using var refused = await StreamAsync(http);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var error = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("error");
        Assert.Equal("rate_limit_exceeded", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_host_without_a_model_file_says_at_its_start_what_to_do()
    {
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => ModelHostProcess.StartAsync(new Dictionary<string, string?> { ["Model:Path"] = "" }));
        var template = await Assert.ThrowsAsync<InvalidOperationException>(() => ModelHostProcess.StartAsync(new Dictionary<string, string?> { ["Model:Template"] = "lama3" }));

        Assert.Contains("--Model:Path=", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Model:Template must be one of", template.Message, StringComparison.Ordinal);
    }

    // Without its end tokens the tiny random model writes as long as it may, which takes seconds.
    private static Dictionary<string, string?> LongAnswers(int slots) => new()
    {
        ["Model:Path"] = TestModels.Tiny, ["Model:Embeddings"] = "false", ["Model:Slots"] = $"{slots}", ["Server:MaxQueue"] = "0",
        ["Model:Adapters:0:Name"] = null, ["Model:Adapters:0:Path"] = null,
    };

    private static async Task<HttpResponseMessage> StreamAsync(HttpClient http)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("""{"messages":[{"role":"user","content":"go"}],"temperature":0,"max_tokens":3900,"logit_bias":{"1021":-100,"1022":-100,"1023":-100},"stream":true}""", System.Text.Encoding.UTF8, "application/json"),
        };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Error)> UntilRefusedAsync(HttpClient http)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative), Cancel);
            if (!answer.IsSuccessStatusCode) break;
            Assert.True(DateTime.UtcNow < deadline, "The host did not begin to drain within 20 s.");
            await Task.Delay(20, Cancel);
        }
        using var refused = await StreamAsync(http);
        return (refused.StatusCode, JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("error"));
    }
}
