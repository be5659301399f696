using System.Threading.Channels;
using Tutor.Core.Evidence;

namespace Tutor.Sandbox;

/// <summary>Lends out slots, first come first served, and refuses once too many wait.</summary>
internal sealed class SlotQueue
{
    private readonly Channel<int> free = Channel.CreateUnbounded<int>();
    private readonly int queueLimit;
    private int waiting;

    public SlotQueue(int slots, int queueLimit)
    {
        this.queueLimit = queueLimit;
        for (var slot = 0; slot < slots; slot++)
            free.Writer.TryWrite(slot);
    }

    /// <exception cref="SandboxUnavailableException">The queue is full.</exception>
    public async ValueTask<int> TakeAsync(CancellationToken cancel)
    {
        if (free.Reader.TryRead(out var slot))
            return slot;
        try
        {
            if (Interlocked.Increment(ref waiting) > queueLimit)
                throw new SandboxUnavailableException($"Too many programs wait to be run ({queueLimit}). Try again in a moment.");
            return await free.Reader.ReadAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Return(int slot) => free.Writer.TryWrite(slot);
}
