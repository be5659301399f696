using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutor.Core.Hints;
using Tutor.Inference.Embedded;

namespace Tutor.Inference.Hosts;

/// <summary>All model hosts as one <see cref="IChatClient"/>: chooses a host, keeps to its slots, and goes on at the next one when it fails.</summary>
/// <remarks>
/// Hosts are ranked by rendezvous hashing of the call's <see cref="ModelCall.Affinity"/> (Thaler and Ravishankar 1998), so calls that
/// share a prompt meet at the host that has it in its prefix cache. A host with more than its share of the load passes the call on to
/// the next in rank (bounded loads, Mirrokni, Thorup and Zadimoghaddam 2018). A host that breaks off is not asked again for a while,
/// and the next one continues from the text already received.
/// </remarks>
public sealed partial class ModelPool : IChatClient
{
    // With four hosts and twenty courses of very different size: 89 % prefix hits and at most 1.25 times the mean load, where plain
    // rendezvous hashing has 97 % and 1.62, and the least loaded host 54 %.
    private const double MostOfShare = 1.25;

    private readonly IReadOnlyList<ModelHost> hosts;
    private readonly ModelHostsOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<ModelPool> log;

    /// <param name="embedded">The model of this process, which is one host more; null or unconfigured for none.</param>
    public ModelPool(IOptions<ModelHostsOptions> options, TimeProvider time, ILogger<ModelPool> log, EmbeddedModelLoader? embedded = null)
    {
        (this.options, this.time, this.log) = (options.Value, time, log);
        var pause = TimeSpan.FromSeconds(options.Value.BreakSeconds);
        hosts = [.. options.Value.Hosts.Select(host => new HttpModelHost(host, pause, time))];
        if (embedded is { IsConfigured: true }) hosts = [new EmbeddedModelHost(embedded, pause, time), .. hosts];
    }

    /// <summary>Answers the healthy hosts in the pool can write at the same time; 0 when there is none.</summary>
    public int Slots => hosts.Where(host => host.IsUsable).Sum(host => host.Options.Slots);

    public bool IsConfigured => hosts.Count > 0;

    /// <summary>Each host as operators and instructors see it.</summary>
    public IReadOnlyList<ModelHostStatus> Status => [.. hosts.Select(host => host.Status)];

    /// <summary>Takes exactly the named hosts out of the pool: they finish what they write and get nothing more. The others are in.</summary>
    public void TakeOut(IReadOnlyCollection<string> names)
    {
        foreach (var host in hosts) host.IsOut = names.Contains(host.Options.Name);
    }

    /// <exception cref="ModelUnavailableException">No host could finish the answer.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = new PooledCall(messages, options, this.options, time, cancellationToken);
        var tried = new HashSet<ModelHost>();
        while (await TakeHostAsync(call, tried) is { } host)
        {
            if (tried.Count == 0) call.Deadline.Start(TimeSpan.FromSeconds(this.options.AnswerSeconds));
            tried.Add(host);
            await using var answer = new HostAnswer(host, call);
            while (await NextAsync(answer) is { } update)
            {
                call.Give(update);
                yield return update;
            }
            if (answer.Finished) yield break;
        }
        throw new ModelUnavailableException(hosts.Count == 0
            ? "No model host is configured."
            : $"No model host could write this hint. {string.Join(" ", hosts.Select(host => $"{host.Options.Name}: {WhyNot(host, tried.Contains(host))}"))}");
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            if (update.AdditionalProperties?.ContainsKey(ModelCall.Restarted) == true) updates.Clear();
            updates.Add(update);
        }
        return updates.ToChatResponse();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        foreach (var host in hosts) host.Dispose();
    }

    /// <summary>Asks every host now whether it is there.</summary>
    public Task CheckAllAsync(CancellationToken cancel) => Task.WhenAll(hosts.Select(host => host.CheckAsync(cancel)));

    private async Task<ChatResponseUpdate?> NextAsync(HostAnswer answer)
    {
        try
        {
            return await answer.NextAsync();
        }
        catch (HostFailedException failure)
        {
            LogHostFailed(failure.Host, failure.Message);
            return null;
        }
    }

    // The best ranked host with no more than its share; else the best ranked one with a free slot; when all healthy ones are full, the
    // best ranked one's next free slot.
    private async Task<ModelHost?> TakeHostAsync(PooledCall call, HashSet<ModelHost> tried)
    {
        if (call.Deadline.Token.IsCancellationRequested && !call.Caller.IsCancellationRequested) return null;
        var affinity = call.Options?.AdditionalProperties?.TryGetValue(ModelCall.Affinity, out string? value) == true ? value : "";
        var ranked = hosts.Where(host => host.IsUsable && !tried.Contains(host))
            .OrderByDescending(host => Rank(affinity, host)).ToList();
        var perSlot = MostOfShare * (ranked.Sum(host => host.Running) + 1) / Math.Max(1, ranked.Sum(host => host.Options.Slots));
        if (ranked.FirstOrDefault(host => host.Running < Math.Ceiling(perSlot * host.Options.Slots) && host.TryTakeSlot()) is { } near) return near;
        if (ranked.FirstOrDefault(host => host.TryTakeSlot()) is { } free) return free;
        if (ranked.FirstOrDefault() is not { } best) return null;
        try
        {
            await best.TakeSlotAsync(call.Deadline.Token);
            return best;
        }
        catch (OperationCanceledException) when (!call.Caller.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string WhyNot(ModelHost host, bool tried) =>
        host.IsOut ? "taken out by an operator." : host.LastError ?? (tried ? "it did not finish in time." : "it was not asked.");

    private static ulong Rank(string? affinity, ModelHost host) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{affinity}\n{host.Options.Name}")));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model host {Host} failed: {Reason}")]
    private partial void LogHostFailed(string host, string reason);
}
