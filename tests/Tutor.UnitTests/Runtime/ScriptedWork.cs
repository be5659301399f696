using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;

namespace Tutor.UnitTests.Runtime;

/// <summary>A pipeline whose pace a test sets: it releases a text word by word, goes on from a partial one, and can be made to wait.</summary>
internal sealed class ScriptedWork
{
    public const string Text = "Look at what your loop does with an empty list before it divides. ";

    private readonly ConcurrentQueue<HintRequest> started = new();

    /// <summary>Words released before the work waits for <see cref="Go"/>; null never waits.</summary>
    public int? WaitAfter { get; init; }
    public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public TimeSpan WordTakes { get; init; }
    public Exception? FailsWith { get; init; }

    /// <summary>What was begun, in order.</summary>
    public IReadOnlyList<HintRequest> Started => [.. started];

    public async IAsyncEnumerable<HintEvent> RunAsync(HintRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        started.Enqueue(request);
        yield return new StepStarted("evidence");
        if (FailsWith is not null) throw FailsWith;
        var evidence = new RunEvidence { State = EvidenceState.Ran, TookMilliseconds = 7 };
        yield return new StepEnded(new Step { Name = "evidence", State = "ok", StartedAt = 1, EndedAt = 8 });
        yield return new EvidenceReady(evidence);
        var words = Words(Text).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            if (words.Take(i + 1).Sum(word => word.Length) <= request.Partial.Length) continue;
            if (i == WaitAfter) await Go.Task.WaitAsync(cancel);
            if (WordTakes > TimeSpan.Zero) await Task.Delay(WordTakes, cancel);
            yield return new TextReleased(words[i]);
        }
        yield return new HintFinished(new HintOutcome
        {
            State = InteractionState.Done, Answer = Text, Writer = HintWriter.Ladder, WriterReason = "Scripted.", Level = request.Level, Evidence = evidence,
        });
    }

    public static IEnumerable<string> Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word + " ");
}
