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
/// share a prompt meet at the host that has it in its prefix cache; a full host passes the call on to the next in rank. A host that
/// breaks off is not asked again for a while, and the next one continues from the text already received.
/// </remarks>
public sealed partial class ModelPool : IChatClient
{
    private readonly IReadOnlyList<ModelHost> hosts;
    private readonly ModelHostsOptions options;
    private readonly ILogger<ModelPool> log;

    /// <param name="embedded">The model of this process, which is one host more; null or unconfigured for none.</param>
    public ModelPool(IOptions<ModelHostsOptions> options, TimeProvider time, ILogger<ModelPool> log, EmbeddedModelLoader? embedded = null)
    {
        (this.options, this.log) = (options.Value, log);
        var pause = TimeSpan.FromSeconds(options.Value.BreakSeconds);
        hosts = [.. options.Value.Hosts.Select(host => new HttpModelHost(host, pause, time))];
        if (embedded is { IsConfigured: true }) hosts = [new EmbeddedModelHost(embedded, pause, time), .. hosts];
    }

    /// <summary>Answers the healthy hosts can write at the same time; 0 when there is none.</summary>
    public int Slots => hosts.Where(host => host.IsUp).Sum(host => host.Options.Slots);

    public bool IsConfigured => hosts.Count > 0;

    /// <summary>Each host as operators and instructors see it.</summary>
    public IReadOnlyList<ModelHostStatus> Status =>
        [.. hosts.Select(host => new ModelHostStatus(host.Options.Name, host.Options.Model, host.IsUp, host.Running, host.Options.Slots, host.LastError))];

    /// <exception cref="ModelUnavailableException">No host could finish the answer.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        var received = new StringBuilder(asked is [.., { Role: var role } last] && role == ChatRole.Assistant ? last.Text : "");
        if (received.Length > 0) asked.RemoveAt(asked.Count - 1);
        var tried = new HashSet<ModelHost>();
        while (await TakeHostAsync(options, tried, cancellationToken) is { } host)
        {
            tried.Add(host);
            var finished = false;
            await using (var answer = new HostAnswer(host, this.options, asked, received.ToString(), options, cancellationToken))
            {
                while (await NextAsync(answer) is { } update)
                {
                    received.Append(update.Text);
                    yield return update;
                }
                finished = answer.Finished;
            }
            if (finished) yield break;
        }
        throw new ModelUnavailableException(hosts.Count == 0
            ? "No model host is configured."
            : $"No model host could write this hint. {string.Join(" ", hosts.Select(host => $"{host.Options.Name}: {host.LastError ?? "busy"}"))}");
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

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

    // The best ranked host with a free slot; when all healthy ones are full, the best ranked one's next free slot.
    private async Task<ModelHost?> TakeHostAsync(ChatOptions? options, HashSet<ModelHost> tried, CancellationToken cancel)
    {
        var affinity = options?.AdditionalProperties?.TryGetValue(ModelCall.Affinity, out string? value) == true ? value : "";
        var ranked = hosts.Where(host => host.IsUp && !tried.Contains(host))
            .OrderByDescending(host => Rank(affinity, host)).ToList();
        if (ranked.FirstOrDefault(host => host.TryTakeSlot()) is { } free) return free;
        if (ranked.FirstOrDefault() is not { } best) return null;
        await best.TakeSlotAsync(cancel);
        return best;
    }

    private static ulong Rank(string? affinity, ModelHost host) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{affinity}\n{host.Options.Name}")));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model host {Host} failed: {Reason}")]
    private partial void LogHostFailed(string host, string reason);
}

/// <summary>A model host as it is now.</summary>
/// <param name="Running">Answers being written, of <paramref name="Slots"/>.</param>
/// <param name="LastError">Null while the host works.</param>
public sealed record ModelHostStatus(string Name, string Model, bool IsUp, int Running, int Slots, string? LastError);
