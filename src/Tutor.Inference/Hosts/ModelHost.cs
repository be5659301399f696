using Microsoft.Extensions.AI;

namespace Tutor.Inference.Hosts;

/// <summary>One place of the pool where answers are written: its client, its slots and how it has been doing.</summary>
internal abstract class ModelHost(ModelHostOptions options, TimeSpan pause, TimeProvider time) : IDisposable
{
    // A single refusal may be the question's fault.
    private const int RefusalsInRow = 3;

    private readonly SemaphoreSlim slots = new(options.Slots, options.Slots);
    private readonly Lock gate = new();
    private string? unreachable, trouble;
    private long pausedUntil;
    private int failuresInRow, refusalsInRow, waiting;
    private bool askedToWait;

    public ModelHostOptions Options { get; } = options;
    public abstract IChatClient Client { get; }
    public HostFigures Figures { get; } = new(time);
    public HostHabits Habits { get; } = new(options.ThinksFirst);
    public TimeProvider Time => time;

    /// <summary>Why it is not asked, or what went wrong with its last answer; null while all is well.</summary>
    public string? LastError { get { lock (gate) return unreachable ?? trouble; } }

    /// <summary>Whether an operator has taken it out of the pool.</summary>
    public bool IsOut { get; set; }

    /// <summary>Answers being written.</summary>
    public int Running => Options.Slots - slots.CurrentCount;

    /// <summary>May be asked for new answers.</summary>
    public bool IsUsable => IsUp && !IsOut;

    /// <summary>None of its last answers was good, though it is there.</summary>
    public bool FailsEach { get { lock (gate) return failuresInRow + refusalsInRow >= RefusalsInRow; } }

    public bool IsUp { get { lock (gate) return unreachable is null && time.GetTimestamp() >= pausedUntil; } }

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

    /// <summary>It wrote an answer to its end.</summary>
    public void Answered()
    {
        Figures.Ended();
        lock (gate)
        {
            (trouble, pausedUntil, failuresInRow, refusalsInRow, askedToWait) = (null, 0, 0, 0, false);
        }
    }

    /// <summary>It broke an answer off, fell silent or said no to everybody: it is left alone for a while.</summary>
    /// <param name="wait">As long as it asked for; null for the usual time.</param>
    public void Failed(string why, TimeSpan? wait = null)
    {
        Figures.Failed();
        lock (gate)
        {
            (trouble, askedToWait) = (why, wait is not null);
            failuresInRow++;
            Pause(wait ?? pause);
        }
    }

    /// <summary>It refused one question, which another may not suffer for; it is left alone when it refuses every one.</summary>
    public void Refused(string why, bool isTooLong)
    {
        Figures.Failed();
        lock (gate)
        {
            trouble = why;
            // A prompt that is too long says nothing about the next one.
            if (isTooLong || ++refusalsInRow < RefusalsInRow) return;
            failuresInRow++;
            Pause(pause);
        }
    }

    /// <summary>It wrote an answer, but not as it was asked to: used, and to be looked at.</summary>
    public void Misbehaved(string why)
    {
        Figures.Failed();
        lock (gate) trouble = why;
    }

    /// <summary>It is there. One failed answer is then forgiven; a host that fails each of them is not asked sooner for it.</summary>
    public void Reachable()
    {
        lock (gate)
        {
            if (unreachable is not null) Habits.Forget();
            unreachable = null;
            if (failuresInRow <= 1 && !askedToWait) pausedUntil = 0;
        }
    }

    public void Unreachable(string why)
    {
        lock (gate) unreachable = why;
    }

    public ModelHostStatus Status
    {
        get
        {
            var (answers, failures, read, cached) = Figures.Totals;
            return new(Options.Name, Options.Model, IsUp, Running, Options.Slots, LastError)
            {
                IsOut = IsOut, Waiting = Volatile.Read(ref waiting), TokensPerSecond = Figures.PiecesPerSecond,
                Answers = answers, Failures = failures, InputTokens = read, CachedTokens = cached, Habits = Habits.Words, FailsEach = FailsEach,
            };
        }
    }

    /// <summary>Asks the host whether it is there, and notes it.</summary>
    public abstract Task CheckAsync(CancellationToken cancel);

    public virtual void Dispose() => slots.Dispose();

    private void Pause(TimeSpan wait) => pausedUntil = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
}
