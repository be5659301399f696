using Microsoft.Extensions.AI;

namespace Tutor.Inference.Hosts;

/// <summary>One place of the pool where answers are written: its client, its slots and how it has been doing.</summary>
internal abstract class ModelHost(ModelHostOptions options, TimeSpan pause, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim slots = new(options.Slots, options.Slots);
    private long brokenUntil;

    public ModelHostOptions Options { get; } = options;
    public abstract IChatClient Client { get; }
    public string? LastError { get; private set; }

    /// <summary>Answers being written.</summary>
    public int Running => Options.Slots - slots.CurrentCount;

    public bool IsUp => time.GetTimestamp() >= Volatile.Read(ref brokenUntil);

    public bool TryTakeSlot() => slots.Wait(0);

    public Task TakeSlotAsync(CancellationToken cancel) => slots.WaitAsync(cancel);

    public void ReturnSlot() => slots.Release();

    public void Failed(string why)
    {
        LastError = why;
        Volatile.Write(ref brokenUntil, time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency));
    }

    public void Works()
    {
        LastError = null;
        Volatile.Write(ref brokenUntil, 0);
    }

    /// <summary>Asks the host whether it is there, and notes it.</summary>
    public abstract Task CheckAsync(CancellationToken cancel);

    public virtual void Dispose() => slots.Dispose();
}
