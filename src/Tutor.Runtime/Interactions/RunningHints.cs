using System.Collections.Concurrent;

namespace Tutor.Runtime.Interactions;

/// <summary>The attempts at work in this process.</summary>
internal sealed class RunningHints
{
    private readonly ConcurrentDictionary<string, HintRun> runs = new();

    /// <summary>Set when the process is about to end: nothing new begins.</summary>
    public bool Closed { get; private set; }

    public IReadOnlyCollection<HintRun> All => [.. runs.Values];

    public void Add(HintRun run) => runs[run.Row.Id] = run;

    public void Remove(HintRun run) => runs.TryRemove(KeyValuePair.Create(run.Row.Id, run));

    public HintRun? Find(string id) => runs.GetValueOrDefault(id);

    public void Close() => Closed = true;
}
