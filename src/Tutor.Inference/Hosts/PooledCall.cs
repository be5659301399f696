using System.Text;
using Microsoft.Extensions.AI;
using Tutor.Core.Hints;

namespace Tutor.Inference.Hosts;

/// <summary>One question to the pool, at however many hosts it is asked.</summary>
internal sealed class PooledCall : IDisposable
{
    private readonly StringBuilder written;

    public PooledCall(IEnumerable<ChatMessage> messages, ChatOptions? options, ModelHostsOptions limits, TimeProvider time, CancellationToken caller)
    {
        (Options, Limits, Caller) = (options, limits, caller);
        var asked = messages.ToList();
        written = new(asked is [.., { Role: var role } last] && role == ChatRole.Assistant ? last.Text : "");
        if (written.Length > 0) asked.RemoveAt(asked.Count - 1);
        Messages = asked;
        Deadline = new SilenceLimit(time, caller);
        Record = options?.AdditionalProperties?.TryGetValue(ModelCall.Record, out CallRecord? record) == true ? record : null;
    }

    /// <summary>Of the answer: its pieces belong together, whichever host wrote them.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString("N");
    public IReadOnlyList<ChatMessage> Messages { get; }
    public ChatOptions? Options { get; }
    public ModelHostsOptions Limits { get; }

    /// <summary>Cancelled when whoever asked has gone.</summary>
    public CancellationToken Caller { get; }

    /// <summary>For the whole answer; counts from the first host's slot on.</summary>
    public SilenceLimit Deadline { get; }
    public CallRecord? Record { get; }

    /// <summary>What the caller has of the answer, an earlier attempt's part included.</summary>
    public string Written => written.ToString();

    /// <summary>Keeps count of what the caller is given.</summary>
    public void Give(ChatResponseUpdate update)
    {
        if (update.AdditionalProperties?.ContainsKey(ModelCall.Restarted) == true) written.Clear();
        written.Append(update.Text);
    }

    public void Dispose() => Deadline.Dispose();
}
