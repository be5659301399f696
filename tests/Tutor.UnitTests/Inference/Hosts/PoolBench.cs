using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutor.Core.Hints;
using Tutor.Inference.Hosts;

namespace Tutor.UnitTests.Inference.Hosts;

/// <summary>A pool over the hosts of a test, and what came of asking it.</summary>
internal sealed class PoolBench : IDisposable, ILogger<ModelPool>
{
    public const string System = "You are a tutor.";
    public const string Question = "My loop zebrafish is wrong.";

    public PoolBench(Action<ModelHostsOptions> set, params Uri[] hosts)
    {
        var options = new ModelHostsOptions { FirstTokenSeconds = 3, InterTokenSeconds = 1, AnswerSeconds = 10 };
        foreach (var url in hosts) options.Hosts.Add(new() { Name = $"host-{options.Hosts.Count + 1}", Url = url, Slots = 1, InputPrice = 2, CachedPrice = 1, OutputPrice = 10 });
        set(options);
        Pool = new(Options.Create(options), TimeProvider.System, this);
    }

    public PoolBench(params Uri[] hosts) : this(_ => { }, hosts) { }

    public ModelPool Pool { get; }
    public List<string> Log { get; } = [];
    public CallRecord Record { get; private set; } = new();

    /// <returns>The text as a reader has it in the end, how it ended, and the reasons it began anew for.</returns>
    public async Task<(string Text, ChatFinishReason? End, IReadOnlyList<string> Restarts)> AskAsync(string partial = "", int most = 500)
    {
        Record = new CallRecord();
        var options = new ChatOptions { MaxOutputTokens = most, Temperature = 0.3f, Seed = 7, AdditionalProperties = new() { [ModelCall.Affinity] = "", [ModelCall.Record] = Record } };
        var messages = new List<ChatMessage> { new(ChatRole.System, System), new(ChatRole.User, Question) };
        if (partial.Length > 0) messages.Add(new(ChatRole.Assistant, partial));
        var (text, end, restarts) = (partial, (ChatFinishReason?)null, new List<string>());
        await foreach (var update in Pool.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken))
        {
            if (update.AdditionalProperties!.TryGetValue(ModelCall.Restarted, out string? why)) text = "";
            if (why is not null) restarts.Add(why);
            text += update.Text;
            end = update.FinishReason ?? end;
        }
        return (text, end, restarts);
    }

    public Task<ModelUnavailableException> FailAsync() => Assert.ThrowsAsync<ModelUnavailableException>(() => AskAsync());

    public ModelHostStatus Status(int host = 0) => Pool.Status[host];

    public void Dispose() => Pool.Dispose();

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Log) Log.Add($"{formatter(state, exception)} {exception}");
    }
}
