using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Tutor.Core.Evidence;
using Tutor.Core.Flags;
using Tutor.Core.Guard.Calls;
using Tutor.Core.Hints.Prompting;
using Tutor.Core.Retrieval;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>Writes a hint: clean, screen, evidence, retrieve, compose, generate, guard.</summary>
/// <remarks>
/// There is no dead end. Whatever becomes of the model, the run ends with the instructor's own hint at worst; only cancellation and
/// faults in Tutor itself end it otherwise. Safe to use from many threads; each run has its own state.
/// </remarks>
public sealed class HintPipeline(
    IChatClient model, EvidenceCollector evidence, ICodeRunner runner, RubricRetriever retriever, MisuseScreen screen, PromptPrivacy privacy,
    SupportOptions support, TimeProvider time)
{
    private const int LongestTurn = 16 * 1024;
    private readonly PythonLibrary library = new(runner);

    /// <summary>Carries out one attempt.</summary>
    /// <returns>What happens, as it happens; the last event is a <see cref="HintFinished"/>. Whoever stops reading stops the run.</returns>
    public async IAsyncEnumerable<HintEvent> RunAsync(HintRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        // A channel, because a stage may not yield from within its try block.
        var events = Channel.CreateUnbounded<HintEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var run = new HintRun(request with { Thread = [.. request.Thread.Select(Shortened)] }, new HintLog(events.Writer, time, request.Partial), model, evidence, runner, retriever, screen, privacy, support, library, time);
        var work = CarryOutAsync(run, events.Writer, stop.Token);
        try
        {
            await foreach (var happened in events.Reader.ReadAllAsync(cancel)) yield return happened;
        }
        finally
        {
            await stop.CancelAsync();
            await work;
        }
    }

    // The model reads a few hundred words of an earlier turn and the guard looks for code in it; one of any length must not cost the others time.
    private static ThreadTurn Shortened(ThreadTurn turn) => turn with { Answer = Cut(turn.Answer), Question = Cut(turn.Question), Work = Cut(turn.Work) };

    private static string Cut(string text) => text.Length <= LongestTurn ? text : text[..LongestTurn];

    // Never faults: what went wrong reaches the reader through the channel.
    private static async Task CarryOutAsync(HintRun run, ChannelWriter<HintEvent> events, CancellationToken cancel)
    {
        try
        {
            events.TryWrite(new HintFinished(await run.WriteAsync(cancel)));
            events.Complete();
        }
        catch (Exception failure)
        {
            events.Complete(failure);
        }
    }
}
