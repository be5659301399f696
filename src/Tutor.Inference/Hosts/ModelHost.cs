using Microsoft.Extensions.AI;

namespace Tutor.Inference.Hosts;

/// <summary>One place of the pool where answers are written: its client, its slots and how it has been doing.</summary>
internal abstract class ModelHost(ModelHostOptions options, TimeSpan pause, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim slots = new(options.Slots, options.Slots);
    private long brokenUntil;
    private int waiting;

    public ModelHostOptions Options { get; } = options;
    public abstract IChatClient Client { get; }
    public string? LastError { get; private set; }
    public HostFigures Figures { get; } = new(time);
    public TimeProvider Time => time;

    /// <summary>Whether an operator has taken it out of the pool.</summary>
    public bool IsOut { get; set; }

    /// <summary>Answers being written.</summary>
    public int Running => Options.Slots - slots.CurrentCount;

    /// <summary>May be asked for new answers.</summary>
    public bool IsUsable => IsUp && !IsOut;

    public bool IsUp => time.GetTimestamp() >= Volatile.Read(ref brokenUntil);

    public bool TryTakeSlot() => slots.Wait(0);

    public async Task TakeSlotAsync(CancellationToken cancel)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await slots.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

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

    public ModelHostStatus Status
    {
        get
        {
            var (answers, failures, read, cached) = Figures.Totals;
            return new(Options.Name, Options.Model, IsUp, Running, Options.Slots, LastError)
            {
                IsOut = IsOut, Waiting = Volatile.Read(ref waiting), TokensPerSecond = Figures.PiecesPerSecond,
                Answers = answers, Failures = failures, InputTokens = read, CachedTokens = cached,
            };
        }
    }

    /// <summary>Asks the host whether it is there, and notes it.</summary>
    public abstract Task CheckAsync(CancellationToken cancel);

    public virtual void Dispose() => slots.Dispose();
}
