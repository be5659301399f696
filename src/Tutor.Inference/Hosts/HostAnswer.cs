using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Tutor.Core.Hints;
using Tutor.Inference.Engine;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Tutor.Inference.Hosts;

/// <summary>One host's part of an answer, with limits on its silence. Returns the host's slot when disposed.</summary>
internal sealed class HostAnswer : IAsyncDisposable
{
    private readonly ModelHost host;
    private readonly ModelHostsOptions limits;
    private readonly CancellationToken caller;
    private readonly SilenceLimit silence;
    private readonly IAsyncEnumerator<ChatResponseUpdate> updates;
    private bool started;

    public HostAnswer(
        ModelHost host, ModelHostsOptions limits, IReadOnlyList<ChatMessage> messages, string partial, ChatOptions? options, CancellationToken caller)
    {
        (this.host, this.limits, this.caller) = (host, limits, caller);
        silence = new SilenceLimit(host.Time, caller);
        var sent = partial.Length == 0 ? messages : [.. messages, new ChatMessage(ChatRole.Assistant, partial)];
        updates = host.Client.GetStreamingResponseAsync(sent, Options(options, partial.Length > 0), silence.Token).GetAsyncEnumerator(silence.Token);
    }

    /// <summary>Whether the host said that the answer ends here.</summary>
    public bool Finished { get; private set; }

    /// <returns>Null at the end of the stream.</returns>
    /// <exception cref="HostFailedException">The host refused, broke off or fell silent.</exception>
    public async Task<ChatResponseUpdate?> NextAsync()
    {
        silence.Start(TimeSpan.FromSeconds(started ? limits.InterTokenSeconds : limits.FirstTokenSeconds));
        try
        {
            if (!await updates.MoveNextAsync())
                return Finished ? null : throw new IOException("the stream ended before the answer did");
        }
        catch (Exception error) when (error is not OperationCanceledException || !caller.IsCancellationRequested)
        {
            var reason = error is OperationCanceledException
                ? $"No token came within {(started ? limits.InterTokenSeconds : limits.FirstTokenSeconds)} s."
                : $"{error.GetBaseException().Message}";
            // A question that no host could answer, such as one that is too long, says nothing about this one.
            if (!IsQuestionsFault(error))
            {
                host.Failed(reason);
                host.Figures.Failed();
            }
            throw new HostFailedException(host.Options.Name, reason, error);
        }
        finally
        {
            // What the caller does with a token is not the host's silence.
            silence.Stop();
        }
        var update = updates.Current;
        if (update.Text.Length > 0)
        {
            started = true;
            host.Figures.Wrote();
        }
        if (update.FinishReason is not null)
        {
            // Some servers say it again beside the usage.
            if (!Finished) host.Figures.Ended();
            Finished = true;
            host.Works();
        }
        update.AdditionalProperties ??= [];
        update.AdditionalProperties[ModelCall.Host] = host.Options.Name;
        if (update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details is { } usage)
        {
            var (input, cached) = (usage.InputTokenCount ?? 0, usage.CachedInputTokenCount ?? 0);
            host.Figures.Read(input, cached);
            update.AdditionalProperties[ModelCall.CostMicro] = host.Options.CostMicro(input, cached, usage.OutputTokenCount ?? 0);
        }
        return update;
    }

    public async ValueTask DisposeAsync()
    {
        await silence.CancelAsync();
        try
        {
            await updates.DisposeAsync();
        }
        catch (Exception)
        {
            // Whatever a stream that is given up still has to say changes nothing.
        }
        silence.Dispose();
        host.ReturnSlot();
    }

    private static bool IsQuestionsFault(Exception error) =>
        error is ClientResultException { Status: 400 or 413 or 422 } or ContextOverflowException or ArgumentException;

    // vLLM continues the last assistant message only when told so; servers that do not know the fields ignore them.
    private static ChatOptions Options(ChatOptions? options, bool continues)
    {
        var sent = options?.Clone() ?? new ChatOptions();
        if (string.IsNullOrEmpty(sent.ModelId)) sent.ModelId = null;
        sent.RawRepresentationFactory = _ =>
        {
            var raw = new ChatCompletionOptions();
#pragma warning disable SCME0001 // The patch is the library's way to send fields beyond OpenAI's own.
            if (continues)
            {
                raw.Patch.Set("$.continue_final_message"u8, true);
                raw.Patch.Set("$.add_generation_prompt"u8, false);
            }
#pragma warning restore SCME0001
            return raw;
        };
        return sent;
    }
}

internal sealed class HostFailedException(string host, string reason, Exception inner) : Exception(reason, inner)
{
    public string Host { get; } = host;
}
