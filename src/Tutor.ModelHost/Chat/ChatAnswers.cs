using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Tutor.Inference.Embedded;
using Tutor.ModelHost.Metrics;

namespace Tutor.ModelHost.Chat;

/// <summary>The answers of one request as they are written, in the order their pieces come.</summary>
internal sealed class ChatAnswers(EmbeddedModel model, ChatRequest request, ServingMetrics metrics)
{
    private readonly long began = Stopwatch.GetTimestamp();

    public IAsyncEnumerable<ChatPiece> ReadAsync(CancellationToken cancel) => request.Count == 1 ? ReadAsync(0, cancel) : ReadAllAsync(cancel);

    private async IAsyncEnumerable<ChatPiece> ReadAsync(int index, [EnumeratorCancellation] CancellationToken cancel)
    {
        var first = true;
        await foreach (var part in model.AnswerAsync(request.For(index), cancel))
        {
            if (first) metrics.FirstToken.Add(Stopwatch.GetElapsedTime(began));
            first = false;
            yield return new(index, part);
        }
        metrics.Answer.Add(Stopwatch.GetElapsedTime(began));
    }

    private async IAsyncEnumerable<ChatPiece> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pieces = Channel.CreateUnbounded<ChatPiece>(new() { SingleReader = true });
        var writers = Enumerable.Range(0, request.Count).Select(async index =>
        {
            await foreach (var piece in ReadAsync(index, together.Token)) await pieces.Writer.WriteAsync(piece, together.Token);
        }).ToArray();
        var all = Task.WhenAll(writers).ContinueWith(done => pieces.Writer.Complete(done.Exception?.InnerException), TaskScheduler.Default);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancel)) yield return piece;
        }
        finally
        {
            // Whoever stops reading stops all of them, and the slots are free before the request counts as gone.
            await together.CancelAsync();
            await all;
        }
    }
}

/// <param name="Index">Which of the answers it is a piece of.</param>
internal readonly record struct ChatPiece(int Index, AnswerPart Part);
