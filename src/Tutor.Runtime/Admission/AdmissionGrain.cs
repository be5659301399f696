using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Runtime.Interactions;

namespace Tutor.Runtime.Admission;

[Reentrant, KeepAlive]
internal sealed partial class AdmissionGrain(Ledger ledger, AdmissionSlots slots, TimeProvider time, ILogger<AdmissionGrain> logger)
    : Grain, IAdmissionGrain
{
    public const string DefaultPool = "default";

    // The ledger is read this often to find what no message told of.
    private static readonly TimeSpan reconcileEvery = TimeSpan.FromSeconds(2);
    // A start that is neither refused nor visible in the ledger after this time got lost.
    private static readonly TimeSpan startPatience = TimeSpan.FromSeconds(10);

    private readonly AdmissionQueue queue = new();
    private readonly QueuePace pace = new();
    private readonly Dictionary<string, DateTimeOffset> admitted = [];
    // Ended while the ledger was read: what was read still calls them open, and they would hold a slot until the next time.
    private readonly HashSet<string> endedMeanwhile = [];
    private DateTimeOffset reconciledAt;
    private bool reconciling, reconcileAgain;

    public override Task OnActivateAsync(CancellationToken cancel) => ReconcileAsync(cancel);

    public Task EnqueueAsync(QueuedHint hint)
    {
        if (!admitted.ContainsKey(hint.Id)) queue.Add(hint);
        Admit();
        return Task.CompletedTask;
    }

    public Task DoneAsync(string id, TimeSpan? took)
    {
        queue.Remove(id);
        admitted.Remove(id);
        if (reconciling) endedMeanwhile.Add(id);
        if (took is { } span) pace.NoteHint(span);
        Admit();
        return Task.CompletedTask;
    }

    public async Task TickAsync()
    {
        if (time.GetUtcNow() - reconciledAt >= reconcileEvery) await ReconcileAsync(CancellationToken.None);
        Admit();
    }

    public Task LookAsync()
    {
        reconciledAt = default;
        return TickAsync();
    }

    public Task<QueueSnapshot> SnapshotAsync()
    {
        Note(took: 0);
        return Task.FromResult(new QueueSnapshot(queue.Order(Now()), slots.Count, slots.Count * pace.SecondsBetween(slots.Count)));
    }

    private void Admit()
    {
        var took = 0;
        for (; admitted.Count < slots.Count && queue.Take(Now()) is { } next; took++) Start(next.Id);
        Note(took);
    }

    private void Note(int took) => pace.Note(Now(), took, waiting: queue.Count > 0);

    private async Task ReconcileAsync(CancellationToken cancel)
    {
        reconcileAgain = true;
        if (reconciling) return;
        reconciling = true;
        try
        {
            while (reconcileAgain)
            {
                reconcileAgain = false;
                await ReadLedgerAsync(cancel);
            }
        }
        finally
        {
            endedMeanwhile.Clear();
            reconciling = false;
        }
    }

    private async Task ReadLedgerAsync(CancellationToken cancel)
    {
        endedMeanwhile.Clear();
        // What comes in while the ledger is read may be missing from what was read, and stays.
        var known = queue.Ids;
        var open = await ledger.OpenAsync(cancel);
        reconciledAt = time.GetUtcNow();
        foreach (var gone in known.Except(open.Where(row => row.State == InteractionState.Queued).Select(row => row.Id))) queue.Remove(gone);
        ForgetLost(open);
        foreach (var row in open.Where(row => !endedMeanwhile.Contains(row.Id))) Take(row);
    }

    private void ForgetLost(IReadOnlyList<OpenInteraction> open)
    {
        var states = open.ToDictionary(row => row.Id, row => row.State);
        foreach (var (id, since) in admitted.ToList())
        {
            var age = time.GetUtcNow() - since;
            var gone = !states.TryGetValue(id, out var state) ? age > reconcileEvery : state == InteractionState.Queued && age > startPatience;
            if (gone) admitted.Remove(id);
        }
    }

    private void Take(OpenInteraction row)
    {
        if (row.State == InteractionState.Queued)
        {
            if (!admitted.ContainsKey(row.Id)) queue.Add(new QueuedHint(row.Id, row.CourseId, row.StudentId, row.Priority, row.AskedAt));
        }
        // It was admitted once, so it goes on at once; another wait would make a student pay for our crash.
        else if (row.Owner is null || row.LeaseUntil < Now()) Start(row.Id);
        else admitted.TryAdd(row.Id, time.GetUtcNow());
    }

    private void Start(string id)
    {
        admitted[id] = time.GetUtcNow();
        _ = StartAsync(id);
    }

    private async Task StartAsync(string id)
    {
        try
        {
            if (!await GrainFactory.GetGrain<IInteractionGrain>(id).StartAsync()) admitted.Remove(id);
        }
        catch (Exception error)
        {
            // The row is still open in the ledger; the next reconciliation queues it again.
            admitted.Remove(id);
            LogStartFailed(error, id);
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(LogLevel.Warning, "Interaction {InteractionId} could not be started; it will be tried again")]
    private partial void LogStartFailed(Exception error, string interactionId);
}
