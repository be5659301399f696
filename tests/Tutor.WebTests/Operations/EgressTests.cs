using System.Text.RegularExpressions;
using Tutor.Tests.Shared;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Operations;

/// <summary>Whom the portal talks to, as the system sees it.</summary>
[Trait("Database", "own")]
public sealed partial class EgressTests
{
    // RFC 5737: addresses that belong to nobody. Configured, they must be tried; that shows that the trace would show others.
    private const string SecondHost = "192.0.2.1:8000";
    private const string Collector = "192.0.2.2:4317";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_portal_opens_no_connection_but_to_the_hosts_it_is_configured_for()
    {
        await using var model = await ScriptedModelHost.SayingAsync("What does your function return for an empty list?");
        var trace = Path.Combine(Directory.CreateTempSubdirectory("tutor-trace-").FullName, "connections");
        var settings = new Dictionary<string, string> { ["Telemetry:Otlp"] = $"http://{Collector}" }
            .WithModelHosts("key", model.Url, new Uri($"http://{SecondHost}/v1"));
        await using var portal = await PortalProcess.StartTracedAsync(trace, settings, Cancel);

        using (var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel))
        {
            var answer = await sam.AskAsync("intro-python", "running-total", new HintBody { ClientKey = "1", Work = "def running_total(amounts):\n    return sum(amounts)\n" }, Cancel);
            Assert.Equal(("done", "model"), (answer.State, answer.Writer));
            foreach (var page in new[] { "/sign-in/development", "/health/ready", "/health/model", "/openapi/v1.json" })
                Assert.True((await sam.Http.GetAsync(page, Cancel)).IsSuccessStatusCode, page);
        }
        await UntilAsync(() => Connections(trace).Contains(Collector));
        var connections = Connections(trace);
        // Its own silo, which it calls over the loopback interface.
        var own = connections.Where(address => address.StartsWith("127.0.0.1:", StringComparison.Ordinal) && IsOpenIn(portal, address)).ToList();

        Assert.Equal(new[] { model.Url.Authority, SecondHost, Collector }.Order(StringComparer.Ordinal), connections.Except(own).Order(StringComparer.Ordinal));
    }

    // "sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")", of connect and of every kind of send that names an address.
    private static HashSet<string> Connections(string trace)
    {
        using var file = new StreamReader(new FileStream(trace, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. Address().Matches(file.ReadToEnd()).Select(found => $"{(found.Groups[2].Success ? found.Groups[2].Value : found.Groups[3].Value.Replace("::ffff:", "", StringComparison.Ordinal))}:{found.Groups[1].Value}")];
    }

    // A port that listens on this machine in the hands of the portal: Orleans' own.
    private static bool IsOpenIn(PortalProcess portal, string address) =>
        portal.ListeningPorts().Contains(int.Parse(address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var until = DateTime.UtcNow.AddSeconds(60); !holds() && DateTime.UtcNow < until;)
            await Task.Delay(200, Cancel);
    }

    [GeneratedRegex("""sin6?_port=htons\((\d+)\)(?:, sin6_flowinfo=[^,]*)?, (?:sin_addr=inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")""")]
    private static partial Regex Address();
}
