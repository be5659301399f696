using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tutor.Inference.Telemetry;
using Tutor.Tests.Shared;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Operations;

/// <summary>What operators see of a portal at work, and what they must not see.</summary>
public sealed partial class TelemetryTests
{
    private const string Key = "metrics-key";
    // No word of it is anywhere in the portal, the courses or the model's answer.
    private const string Canary = "Wiedehopf4711";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prometheus_reads_hints_waits_tokens_and_hosts_with_the_key_and_the_dashboard_and_the_alerts_ask_for_nothing_else()
    {
        await using var model = await ScriptedModelHost.SayingAsync("What does your function return for an empty list?");
        await using var portal = await StartAsync(model, new() { ["Telemetry:BackupFolder"] = Path.GetTempPath() });
        await AskAsync(portal, "def running_total(amounts):\n    return sum(amounts)\n");

        var (status, metrics) = await MetricsAsync(portal, Key);
        var names = MetricName().Matches(metrics).Select(found => found.Value).ToHashSet();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches("""tutor_hints_total\{[^}]*course="intro-python"[^}]*state="done"[^}]*\} 1""", metrics);
        Assert.Matches("""tutor_model_host_up\{[^}]*host="host-0"[^}]*\} 1""", metrics);
        Assert.Contains(Prometheus(GenAi.Duration) + "_seconds_count", names);
        Assert.Contains(Prometheus(GenAi.Tokens) + "_count", names);
        Assert.DoesNotContain("sam-student", metrics, StringComparison.Ordinal);
        Assert.NotEmpty(DashboardNames());
        Assert.Empty(DashboardNames().Except(names));
        var alerts = MetricName().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy/prometheus/alerts.yml"), Cancel)).Select(found => found.Value).ToHashSet();
        Assert.True(alerts.Count >= 5, "The rules ask for metrics.");
        Assert.Empty(alerts.Except(names));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_key_there_is_no_such_page(string? key)
    {
        await using var model = await ScriptedModelHost.SayingAsync("Look again.");
        await using var portal = await StartAsync(model, []);

        var (status, text) = await MetricsAsync(portal, key);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.DoesNotContain("tutor_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_lines_of_JSON_and_hold_no_word_of_a_student_whatever_happens_to_the_request()
    {
        // Answers, then fails and quotes the prompt: errors are where texts slip into logs.
        await using var model = await ScriptedModelHost.StartAsync(call => new ScriptedReply("Look again.") { Status = call.Number == 1 ? 200 : 500 });
        await using var portal = await StartAsync(model, new()
        {
            ["Logging:Console:FormatterName"] = "json", ["Logging:LogLevel:Default"] = "Debug", ["Logging:LogLevel:Tutor"] = "Trace",
        });

        await AskAsync(portal, $"def running_total(amounts):\n    raise ValueError('{Canary}')\n", $"Why {Canary}?");
        await AskAsync(portal, $"def running_total(amounts):\n    return {Canary}\n", $"And {Canary}?");
        using (var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel))
        {
            using var refused = await sam.PostHintAsync("intro-python", "running-total", new HintBody { ClientKey = "3", Work = Canary, Kind = Canary }, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        var lines = portal.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

// The failure and what is said at Debug only were logged: an empty log holds no word either.
        Assert.Contains(lines, line => line.Contains("Model host host-0 failed", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"LogLevel\":\"Debug\",\"Category\":\"Tutor.", StringComparison.Ordinal));
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        Assert.DoesNotContain(lines, line => line.Contains(Canary, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Health_tells_a_process_that_can_work_from_one_whose_model_is_gone()
    {
        await using var model = await ScriptedModelHost.SayingAsync("Look again.");
        await using var portal = await StartAsync(model, new() { ["ModelHosts:HealthPollSeconds"] = "1" });
        using var http = new HttpClient { BaseAddress = portal.Address };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/model", Cancel)).StatusCode);
        model.Healthy = false;
        var gone = await UntilAsync(http, "/health/model", HttpStatusCode.ServiceUnavailable);
        var (ready, live) = ((await http.GetAsync("/health/ready", Cancel)).StatusCode, (await http.GetAsync("/health/live", Cancel)).StatusCode);
        model.Healthy = true;
        var back = await UntilAsync(http, "/health/model", HttpStatusCode.OK);

        Assert.True(gone && back);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (ready, live));
        Assert.Matches(@"^\{""version"":""\d+\.\d+\.\d+[0-9a-z.-]*""\}$", await http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancel));
    }

    private static Task<PortalProcess> StartAsync(ScriptedModelHost model, Dictionary<string, string> settings)
    {
        settings["Telemetry:MetricsKey"] = Key;
        return PortalProcess.StartAsync(Cancel, settings.WithModelHosts("key", model.Url));
    }

    private static async Task AskAsync(PortalProcess portal, string work, string question = "")
    {
        using var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel);
        var answer = await sam.AskAsync("intro-python", "running-total", new HintBody { ClientKey = Guid.NewGuid().ToString(), Work = work, Question = question }, Cancel);
        Assert.Equal("done", answer.State);
    }

    private static async Task<(HttpStatusCode, string)> MetricsAsync(PortalProcess portal, string? key)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var response = await http.GetAsync("/metrics", Cancel);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<bool> UntilAsync(HttpClient http, string address, HttpStatusCode wanted)
    {
        for (var until = DateTime.UtcNow.AddSeconds(40); DateTime.UtcNow < until; await Task.Delay(200, Cancel))
            if ((await http.GetAsync(address, Cancel)).StatusCode == wanted)
                return true;
        return false;
    }

    private static string Prometheus(string name) => name.Replace('.', '_');

    // Every series the dashboard's panels ask for.
    private static HashSet<string> DashboardNames()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "grafana", "tutor.json")));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => MetricName().Matches(target.GetProperty("expr").GetString()!)).Select(found => found.Value)];
    }

    [GeneratedRegex(@"\b(tutor|gen_ai|orleans|kestrel|http_server|dotnet|npgsql|aspnetcore)_[a-z0-9_]+")]
    private static partial Regex MetricName();
}
