using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tutor.Data.Escalations;

/// <summary>Something about an escalation changed. Carries ids only: who may see it reads it from the store.</summary>
public sealed record EscalationChange(string EscalationId, string InteractionId, string CourseId, string StudentId);

/// <summary>Tells open pages of this node that an escalation changed, after the change is committed.</summary>
/// <remarks>Correctness never rests on it: a page that missed a change shows it at its next load.</remarks>
public sealed partial class EscalationFeed(ILogger<EscalationFeed> logger)
{
    private readonly ConcurrentDictionary<Subscription, bool> subscriptions = new();

    /// <param name="notify">Must return at once; a component hands over to its own dispatcher.</param>
    /// <returns>Dispose it to stop being told.</returns>
    public IDisposable Subscribe(Func<EscalationChange, bool> wanted, Action<EscalationChange> notify)
    {
        var subscription = new Subscription(this, wanted, notify);
        subscriptions[subscription] = true;
        return subscription;
    }

    public void Publish(EscalationChange change)
    {
        foreach (var subscription in subscriptions.Keys)
        {
            try
            {
                if (subscription.Wanted(change))
                    subscription.Notify(change);
            }
            catch (Exception error)
            {
                // The change is already in the ledger; one page that cannot take the news must not keep it from the others.
                LogFailed(error, change.EscalationId);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A page could not be told that escalation {EscalationId} changed")]
    private partial void LogFailed(Exception error, string escalationId);

    private sealed class Subscription(EscalationFeed feed, Func<EscalationChange, bool> wanted, Action<EscalationChange> notify) : IDisposable
    {
        public Func<EscalationChange, bool> Wanted => wanted;
        public Action<EscalationChange> Notify => notify;
        public void Dispose() => feed.subscriptions.TryRemove(this, out _);
    }
}
