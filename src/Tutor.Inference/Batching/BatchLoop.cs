using System.Collections.Concurrent;
using System.Diagnostics;
using LLama.Native;
using Microsoft.Extensions.Logging;
using Tutor.Inference.Engine;
using Tutor.Inference.Sampling;

namespace Tutor.Inference.Batching;

/// <summary>The one thread that computes: takes requests, admits them, runs step after step over all of them, and hands out tokens.</summary>
internal sealed partial class BatchLoop : IDisposable
{
    private readonly DecodeContext context;
    private readonly KvMemory memory;
    private readonly StepPlanner planner;
    private readonly SamplingScratch scratch;
    private readonly ILogger log;
    private readonly int slots;
    private readonly int worthWaiting;
    private readonly ConcurrentQueue<Generation> arrived = new();
    private readonly ConcurrentQueue<Action> questions = new();
    private readonly FairQueue<Generation> waiting = new();
    private readonly List<Generation> running = [];
    private readonly List<Generation> step = [];
    private readonly SemaphoreSlim wake = new(0);
    private readonly Thread thread;
    private readonly EngineCounters counters = new();
    private volatile bool stopping;
    private volatile bool stopped;
    private volatile bool anyCancelled;

    public BatchLoop(DecodeContext context, int slots, int cached, int stepTokens, int vocabulary, ILogger log)
    {
        (this.context, this.slots, this.log) = (context, slots, log);
        memory = new KvMemory(context, slots, cached);
        planner = new StepPlanner(stepTokens);
        scratch = new SamplingScratch(vocabulary);
        worthWaiting = stepTokens / 4;
        thread = new Thread(Run) { IsBackground = true, Name = "Model engine" };
        thread.Start();
    }

    public void Submit(Generation generation)
    {
        if (stopping) throw new EngineFailedException("The engine is shutting down.");
        arrived.Enqueue(generation);
        wake.Release();
        // The loop may have ended between the check and here; then nobody else would ever answer.
        if (stopped) generation.Fail(new EngineFailedException("The engine has stopped."));
    }

    /// <summary>Tells the loop that a request was cancelled.</summary>
    public void NoticeCancelled()
    {
        anyCancelled = true;
        wake.Release();
    }

    /// <summary>Compares the books of the KV cache with the library, between two steps.</summary>
    public Task<IReadOnlyList<string>> AuditAsync()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        questions.Enqueue(() => answer.SetResult(memory.Audit()));
        wake.Release();
        return answer.Task;
    }

    public EngineMetrics Metrics() => new()
    {
        PromptTokens = Volatile.Read(ref counters.PromptTokens),
        CachedPromptTokens = Volatile.Read(ref counters.CachedPromptTokens),
        DecodedPromptTokens = Volatile.Read(ref counters.DecodedPromptTokens),
        GeneratedTokens = Volatile.Read(ref counters.GeneratedTokens),
        PrefixLookups = Volatile.Read(ref counters.PrefixLookups),
        PrefixHits = Volatile.Read(ref counters.PrefixHits),
        PrefixEvictions = memory.Evictions,
        FinishedByStop = Volatile.Read(ref counters.Stopped),
        FinishedByLength = Volatile.Read(ref counters.Length),
        Cancelled = Volatile.Read(ref counters.Cancelled),
        Failed = Volatile.Read(ref counters.Failed),
        Steps = Volatile.Read(ref counters.Steps),
        StepSequences = Volatile.Read(ref counters.StepSequences),
        AdapterSwitches = context.AdapterSwitches,
        PromptSeconds = (double)Volatile.Read(ref counters.PromptTicks) / Stopwatch.Frequency,
        GenerationSeconds = (double)Volatile.Read(ref counters.GenerationTicks) / Stopwatch.Frequency,
        QueueSeconds = (double)Volatile.Read(ref counters.QueueTicks) / TimeSpan.TicksPerSecond,
        Running = Volatile.Read(ref counters.Running),
        Waiting = Volatile.Read(ref counters.Waiting),
        Slots = slots,
        KvRunning = memory.Ledger.Pinned,
        KvCached = memory.Ledger.Cached,
        KvTotal = memory.Ledger.Total,
    };

    /// <summary>Ends all answers and the thread.</summary>
    public void Dispose()
    {
        stopping = true;
        wake.Release();
        thread.Join();
        // The semaphore has nothing native, and readers that leave after the end still raise it.
        context.Dispose();
    }

    private void Run()
    {
        Exception? failure = null;
        try
        {
            while (!stopping)
            {
                TakeMail();
                DropCancelled();
                Admit();
                Volatile.Write(ref counters.Running, running.Count);
                Volatile.Write(ref counters.Waiting, waiting.Count);
                if (running.Count > 0) Step();
                else wake.Wait();
            }
        }
        catch (Exception error)
        {
            failure = error;
            LogBroken(error);
        }
        stopped = true;
        TakeMail();
        foreach (var generation in running.Concat(waiting.InOrder()))
        {
            if (failure is null) generation.Finish(FinishReason.Cancelled);
            else generation.Fail(new EngineFailedException("The model engine broke down. Restart it; the log has the cause.", failure));
            generation.Dispose();
        }
        counters.Running = counters.Waiting = 0;
    }

    private void TakeMail()
    {
        // Wake-ups pile up while the loop is busy; it looks at everything on each turn anyhow.
        while (wake.CurrentCount > 0) wake.Wait();
        while (arrived.TryDequeue(out var generation)) waiting.Add(generation.Caller, generation);
        while (questions.TryDequeue(out var question)) question();
    }

    private void DropCancelled()
    {
        for (var i = running.Count - 1; i >= 0; i--)
        {
            if (!running[i].IsCancelled) continue;
            counters.Cancelled++;
            Leave(running[i], keep: true);
        }
        if (!anyCancelled) return;
        anyCancelled = false;
        foreach (var generation in waiting.InOrder().Where(generation => generation.IsCancelled).ToList())
        {
            waiting.Remove(generation.Caller, generation);
            counters.Cancelled++;
            generation.Dispose();
        }
    }

    // In the order of their turns. The first that does not fit holds up those behind it, or a large request would wait for ever.
    private void Admit()
    {
        if (waiting.Count == 0 || running.Count == slots) return;
        var room = memory.Ledger.Total - memory.Ledger.Pinned;
        foreach (var generation in running) room -= generation.Outstanding;
        foreach (var generation in waiting.InOrder().Take(slots - running.Count).ToList())
        {
            var match = memory.Find(generation.Prompt, generation.Adapter);
            room -= memory.Need(generation.Prompt.Length, generation.MaxTokens, match);
            if (room < 0) return;

            // Another request is computing the beginning of this one: its place is kept until that can be shared.
            if (match.Coming - match.Computed >= worthWaiting) continue;

            waiting.Take(generation.Caller, generation);
            generation.Admit(memory.Start(generation.Prompt, generation.Adapter, match), match.Computed);
            running.Add(generation);
            counters.PromptTokens += generation.Prompt.Length;
            counters.CachedPromptTokens += match.Computed;
            counters.PrefixLookups++;
            if (match.Computed > 0) counters.PrefixHits++;
            counters.QueueTicks += generation.Queued.Ticks;
        }
    }

    private void Step()
    {
        var adapter = planner.Plan(running, context, step);
        memory.MakeRoom(context.Count);
        var began = Stopwatch.GetTimestamp();
        var status = context.Decode(adapter);
        if (status == DecodeResult.NoKvSlot)
        {
            // The books say there is room, so this is a fault of theirs; what is only cached can go before anything fails.
            memory.MakeRoom(memory.Ledger.Total);
            status = context.Decode(adapter);
        }
        if (status != DecodeResult.Ok)
        {
            FailStep(status);
            return;
        }
        Account(Stopwatch.GetTimestamp() - began);
        foreach (var generation in step) Advance(generation);
    }

    private void Account(long ticks)
    {
        var prompt = 0;
        foreach (var generation in step)
        {
            for (var i = 0; i < generation.Share; i++) generation.Sequence!.MarkDecoded(memory.Ledger.Take());
            if (!generation.IsAnswering) prompt += generation.Share;
        }
        counters.Steps++;
        counters.StepSequences += step.Count;
        counters.DecodedPromptTokens += prompt;
        if (prompt > 0) counters.PromptTicks += ticks;
        else counters.GenerationTicks += ticks;
    }

    private void Advance(Generation generation)
    {
        if (generation.Output < 0 || generation.IsCancelled) return;
        FinishReason? reason;
        try
        {
            reason = generation.Step(context.Logits(generation.Output), scratch);
        }
        catch (GrammarException error)
        {
            counters.Failed++;
            generation.Fail(error);
            Leave(generation, keep: true);
            return;
        }
        counters.GeneratedTokens++;
        if (reason is not { } finished) return;
        if (finished == FinishReason.Stop) counters.Stopped++;
        else counters.Length++;
        generation.Finish(finished);
        Leave(generation, keep: true);
    }

    private void FailStep(DecodeResult status)
    {
        LogStepFailed(status, step.Count);
        context.Clear();
        foreach (var generation in step)
        {
            counters.Failed++;
            generation.Fail(new EngineFailedException($"The model could not compute a step ({status})."));
            Leave(generation, keep: false);
        }
    }

    private void Leave(Generation generation, bool keep)
    {
        running.Remove(generation);
        if (keep) memory.Retire(generation.Sequence!);
        else memory.Discard(generation.Sequence!);
        generation.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The model engine broke down; all its requests fail")]
    private partial void LogBroken(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of {Sequences} sequences failed: {Status}")]
    private partial void LogStepFailed(DecodeResult status, int sequences);
}
