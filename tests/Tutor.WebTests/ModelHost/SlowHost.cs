using Tutor.Tests.Shared.Models;

namespace Tutor.WebTests.ModelHost;

/// <summary>Model hosts whose one answer takes seconds, so that something can happen in the middle of it.</summary>
internal static class SlowHost
{
    public static Task<ModelHostProcess> StartAsync() => ModelHostProcess.StartAsync(new Dictionary<string, string?>
    {
        ["Model:Path"] = TestModels.Slow, ["Model:Slots"] = "2", ["Model:RequestTokens"] = "16384", ["Model:ContextTokens"] = "32768", ["Model:Embeddings"] = "false",
        ["Model:Adapters:0:Name"] = null, ["Model:Adapters:0:Path"] = null,
    });

    /// <summary>Answers being written there now.</summary>
    public static Task<int> RunningAsync(this ModelHostProcess host) => ReadAsync(host, "llamacpp:requests_processing");

    /// <summary>Tokens written there since it started.</summary>
    public static Task<int> WrittenAsync(this ModelHostProcess host) => ReadAsync(host, "llamacpp:tokens_predicted_total");

    private static async Task<int> ReadAsync(ModelHostProcess host, string metric)
    {
        using var http = host.OpenClient();
        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).Split('\n');
        return int.Parse(lines.Single(line => line.StartsWith(metric + " ", StringComparison.Ordinal)).Split(' ')[1]);
    }
}
