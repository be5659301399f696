using Microsoft.Extensions.AI;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Prompting;
using Tutor.Inference.Hosts.Replies;
using Tutor.Inference.Hosts.Wire;

namespace Tutor.Inference.Hosts;

/// <summary>One host's part of an answer: cleaned, and within limits whatever the host does. Returns the host's slot when disposed.</summary>
internal sealed class HostAnswer : IAsyncDisposable
{
    // A token is about four characters of English and fewer of any other language.
    private const int LongestToken = 8;
    private const int UsualTokens = 2000;
    private static readonly TimeSpan patienceForUsage = TimeSpan.FromSeconds(1);

    private readonly ModelHost host;
    private readonly PooledCall call;
    private readonly SilenceLimit silence;
    private readonly HashSet<string> cures = [];
    private readonly (IReadOnlyCollection<string>, bool) formBefore;
    private string partial;
    private string? restart;
    private HostStream stream;
    private bool started, said, toldOfThoughts;

    public HostAnswer(ModelHost host, PooledCall call)
    {
        (this.host, this.call, partial) = (host, call, call.Written);
        formBefore = host.Habits.Form;
        silence = new SilenceLimit(host.Time, call.Deadline.Token);
        if (partial.Length > 0 && !host.Habits.Continues) BeginAnew();
        stream = Open();
    }

    /// <summary>Whether the answer is there, whole or cut.</summary>
    public bool Finished { get; private set; }

    private TimeSpan Patience => TimeSpan.FromSeconds(started ? call.Limits.InterTokenSeconds : call.Limits.FirstTokenSeconds);

    private int MostTokens => call.Options?.MaxOutputTokens ?? UsualTokens;

    /// <returns>Null at the end.</returns>
    /// <exception cref="HostFailedException">The host refused, broke off or fell silent.</exception>
    public async Task<ChatResponseUpdate?> NextAsync()
    {
        if (Finished) return null;
        silence.Start(Patience);
        try
        {
            while (await MoveAsync())
            {
                var text = stream.Take();
                // Only text restarts the limit, so that empty pieces do not keep a slot; the usage behind the end is not waited for long.
                if (stream.HasEnded) silence.Start(patienceForUsage);
                else if (stream.HadText) silence.Start(Patience);
                started |= stream.HadText;
                if (stream.IsTooLong) return Finish($"It wrote more than the {MostTokens} tokens it was asked for can hold, so the answer was cut.");
                if (text.Length > 0) return Said(text);
            }
            return Finish(cut: null);
        }
        catch (Exception error) when (!call.Caller.IsCancellationRequested)
        {
            // What is whole already does not fail any more, and what there is when the time is over is kept.
            if (stream.HasEnded) return Finish(cut: null);
            if (call.Deadline.Token.IsCancellationRequested && (started || call.Written.Length > 0))
                return Finish($"The answer was not whole within {call.Limits.AnswerSeconds} s, so it was cut.");
            throw Failure(error);
        }
        finally
        {
            // What the caller does with a piece of text is not the host's silence.
            silence.Stop();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await silence.CancelAsync();
        await CloseAsync();
        silence.Dispose();
        host.ReturnSlot();
    }

    // Asks again where the host refuses in a way that has a cure, or does not go on with the text it was given.
    private async Task<bool> MoveAsync()
    {
        while (true)
        {
            try
            {
                var more = await stream.MoveAsync();
                if (!more && !stream.HasEnded) throw new HostBrokeException("Its stream ended before the answer did.");
                if (!more) stream.EndText();
                if (!stream.BeginsAnew) return more;
                host.Habits.DoesNotContinue();
                BeginAnew();
            }
            catch (HostRefusedException refusal) when (!stream.Accepted && host.Habits.Learn(refusal, cures))
            {
                // The next try is in the form that was learnt.
            }
            await CloseAsync();
            stream = Open();
            silence.Start(Patience);
        }
    }

    private HostStream Open()
    {
        IReadOnlyList<ChatMessage> sent = partial.Length == 0 ? call.Messages : [.. call.Messages, new ChatMessage(ChatRole.Assistant, partial)];
        var options = call.Options?.Clone() ?? new ChatOptions();
        if (string.IsNullOrEmpty(options.ModelId)) options.ModelId = null;
        return new HostStream(host, sent, partial, options, LongestToken * MostTokens, silence.Token);
    }

    private async Task CloseAsync()
    {
        await stream.DisposeAsync();
        if (!stream.Accepted) return;
        var part = stream.Part();
        call.Record?.Add(part);
    }

    private void BeginAnew() => (partial, restart) = ("", ModelCall.AnotherHost);

    private ChatResponseUpdate Finish(string? cut)
    {
        Finished = true;
        stream.EndText();
        var text = stream.Take();
        if (cut is null) stream.Learn();
        var wordless = !said && partial.Length == 0 && string.IsNullOrWhiteSpace(text);
        stream.Note = cut ?? (wordless ? stream.Wordless : "");
        if (stream.Note.Length > 0)
            host.Misbehaved(stream.Note);
        else
            host.Answered();
        var update = Said(text);
        update.FinishReason = cut is null ? stream.End : ChatFinishReason.Length;
        if (stream.Usage is { } usage) update.Contents.Add(new UsageContent(usage));
        return update;
    }

    private ChatResponseUpdate Said(string text)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, text) { ModelId = stream.Model, MessageId = call.Id, ResponseId = call.Id, AdditionalProperties = new() { [ModelCall.Host] = host.Options.Name } };
        if (stream.TookBack && !toldOfThoughts) (restart, toldOfThoughts) = (ModelCall.ThoughtsShown, true);
        if (restart is not null) update.AdditionalProperties[ModelCall.Restarted] = restart;
        restart = null;
        said = true;
        return update;
    }

    // Nothing of what a host or a library wrote about the failure goes further: it may quote the prompt.
    private HostFailedException Failure(Exception error)
    {
        var why = error switch
        {
            HostRefusedException or HostBrokeException => error.Message,
            OperationCanceledException when call.Deadline.Token.IsCancellationRequested => $"No answer came within {call.Limits.AnswerSeconds} s.",
            OperationCanceledException => $"No text came for {Patience.TotalSeconds:0} s.",
            HttpRequestException unreachable => $"It does not answer: {unreachable.Message}",
            IOException => "It broke the connection off.",
            ArgumentException => "It could not read the question.",
            _ => $"It failed ({error.GetType().Name}).",
        };
        stream.Note = why;
        if (cures.Count > 0 && !stream.Accepted) host.Habits.Restore(formBefore);
        switch (error)
        {
            // A question that no host could answer says nothing about this one.
            case HostRefusedException { IsAboutTheRequest: true } refusal when !stream.Accepted: host.Refused(why, refusal.Kind == RefusalKind.TooLong); break;
            case Engine.ContextOverflowException or ArgumentException: host.Refused(why, isTooLong: true); break;
            default: host.Failed(why, (error as HostRefusedException)?.RetryAfter); break;
        }
        return new HostFailedException(host.Options.Name, why, error);
    }
}

internal sealed class HostFailedException(string host, string reason, Exception inner) : Exception(reason, inner)
{
    public string Host { get; } = host;
}
