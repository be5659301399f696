using System.Text.Json;
using Tutor.Inference.Engine;
using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost.Chat;

/// <summary>Writes answers as server-sent events.</summary>
internal sealed class ChatStream(HttpResponse response, ChatRequest request) : IDisposable
{
    private static readonly byte[] dataStart = "data: "u8.ToArray();
    private static readonly byte[] dataEnd = "\n\n"u8.ToArray();
    private static readonly byte[] done = "data: [DONE]\n\n"u8.ToArray();

    private readonly ChatJson json = new(request.Model, "chat.completion.chunk");
    private readonly Utf8JsonWriter writer = new(response.BodyWriter, ChatJson.Options);

    public async Task WriteAsync(IAsyncEnumerable<ChatPiece> pieces)
    {
        var usage = new UsageSum();
        try
        {
            await foreach (var (index, part) in pieces)
            {
                // Only now the request is known to be good; until here an error still has a status of its own.
                if (!response.HasStarted) await StartAsync();
                if (part.Thoughts.Length > 0 || part.Answer.Length > 0 || part.LogProbs is not null)
                    Event(() => json.Delta(writer, index, part));
                if (part.End is { } end)
                {
                    if (end.Reason == FinishReason.Cancelled) throw new EngineFailedException("The model was shut down before the answer ended.");
                    usage.Add(end.Usage);
                    Event(() => json.Finish(writer, index, end));
                }
                await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
            }
        }
        catch (Exception error) when (response.HasStarted && !response.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The status is sent already; the client's library reads the error from the stream.
            Event(() => ApiErrors.Write(writer, ApiErrors.From(error)));
            await response.BodyWriter.FlushAsync();
            return;
        }
        if (request.IncludeUsage) Event(() => json.UsageOnly(writer, usage));
        Append(done);
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }

    public void Dispose() => writer.Dispose();

    private async Task StartAsync()
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(response.HttpContext.RequestAborted);
        for (var index = 0; index < request.Count; index++)
        {
            var choice = index;
            Event(() => json.Role(writer, choice));
        }
    }

    private void Event(Action write)
    {
        Append(dataStart);
        write();
        writer.Flush();
        writer.Reset();
        Append(dataEnd);
    }

    private void Append(byte[] bytes)
    {
        bytes.CopyTo(response.BodyWriter.GetSpan(bytes.Length));
        response.BodyWriter.Advance(bytes.Length);
    }
}
