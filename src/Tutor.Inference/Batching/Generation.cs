using System.Diagnostics;
using System.Threading.Channels;
using Tutor.Inference.Engine;
using Tutor.Inference.Sampling;

namespace Tutor.Inference.Batching;

/// <summary>One request on its way through the loop. Only the loop's thread touches it, but for cancelling and reading.</summary>
internal sealed class Generation : IDisposable
{
    private readonly Channel<GenerationUpdate> updates = Channel.CreateUnbounded<GenerationUpdate>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Vocabulary vocabulary;
    private readonly TokenSampler sampler;
    private readonly AnswerText text;
    private readonly Grammar? grammar;
    private readonly int? topLogProbs;
    private readonly long asked = Stopwatch.GetTimestamp();
    private long admitted;
    private long firstToken;
    private volatile bool cancelled;

    public Generation(GenerationRequest request, int[] prompt, int adapter, int maxTokens, Grammar? grammar, Vocabulary vocabulary)
    {
        (Prompt, Adapter, MaxTokens, Caller, this.grammar, this.vocabulary) = (prompt, adapter, maxTokens, request.Caller, grammar, vocabulary);
        topLogProbs = request.TopLogProbs;
        sampler = new TokenSampler(request.Sampling, grammar);
        text = new AnswerText(vocabulary, request.Stop, request.ShowControlTokens);
    }

    public int[] Prompt { get; }
    public int Adapter { get; }
    public int MaxTokens { get; }
    public string Caller { get; }
    public ChannelReader<GenerationUpdate> Updates => updates.Reader;

    /// <summary>Null while it waits.</summary>
    public KvSequence? Sequence { get; private set; }

    public int CachedTokens { get; private set; }
    public int Generated { get; private set; }
    public bool IsCancelled => cancelled;

    /// <summary>Place of its last token in the batch being computed; -1 when the batch does not reach the end of its tokens.</summary>
    public int Output { get; set; } = -1;

    /// <summary>Cells it will still take.</summary>
    public int Outstanding => Prompt.Length + MaxTokens - Sequence!.Decoded;

    /// <summary>Whether the prompt is computed and each step gives a token.</summary>
    public bool IsAnswering => Generated > 0;

    public TimeSpan Queued => Stopwatch.GetElapsedTime(asked, admitted);

    /// <summary>How many of its tokens the step being planned computes.</summary>
    public int Share { get; set; }

    /// <summary>From any thread: the loop gives its place away at the next step, and the reader ends now.</summary>
    public void Cancel(CancellationToken cause)
    {
        cancelled = true;
        updates.Writer.TryComplete(new OperationCanceledException(cause));
    }

    public void Admit(KvSequence sequence, int cached)
    {
        (Sequence, CachedTokens) = (sequence, cached);
        admitted = Stopwatch.GetTimestamp();
    }

    /// <summary>Chooses the next token from the scores and hands it to the caller.</summary>
    /// <returns>Why the answer is finished; null when it goes on.</returns>
    public FinishReason? Step(Span<float> scores, SamplingScratch scratch)
    {
        var sequence = Sequence!;
        LogProbs? logProbs = topLogProbs is { } count ? new LogProbs(scores, count, vocabulary, scratch) : null;
        var raw = logProbs is null ? default : scratch.Copy(scores);
        var token = sampler.Next(scores, sequence.Tokens, scratch);
        if (Generated++ == 0) firstToken = Stopwatch.GetTimestamp();
        if (vocabulary.IsEnd(token)) return FinishReason.Stop;

        sequence.Append(token);
        var piece = text.Add(token);
        updates.Writer.TryWrite(new GenerationUpdate(piece, token, logProbs?.With(token, raw[token], vocabulary), null));
        if (text.Stopped is not null) return FinishReason.Stop;
        return Generated >= MaxTokens ? FinishReason.Length : null;
    }

    public void Finish(FinishReason reason)
    {
        var now = Stopwatch.GetTimestamp();
        var started = admitted == 0 ? now : admitted;
        var first = firstToken == 0 ? now : firstToken;
        var end = new GenerationEnd(reason, text.Stopped, new GenerationUsage(Prompt.Length, CachedTokens, Generated),
            new GenerationTimings(Stopwatch.GetElapsedTime(asked, started), Stopwatch.GetElapsedTime(started, first), Stopwatch.GetElapsedTime(first, now)));
        updates.Writer.TryWrite(new GenerationUpdate(text.End(), -1, null, end));
        updates.Writer.TryComplete();
    }

    public void Fail(Exception error) => updates.Writer.TryComplete(error);

    public void Dispose() => grammar?.Dispose();
}
