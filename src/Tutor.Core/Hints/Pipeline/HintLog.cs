using System.Threading.Channels;
using Tutor.Core.Interactions;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>Tells the reader of a run what happens, and keeps count of what has been shown.</summary>
internal sealed class HintLog(ChannelWriter<HintEvent> events, TimeProvider time, string alreadyShown)
{
    /// <summary>Whether the student sees any text of this hint now.</summary>
    public bool Shown { get; private set; } = alreadyShown.Length > 0;

    public void Tell(HintEvent happened)
    {
        if (happened is TextReleased) Shown = true;
        if (happened is TextRestarted) Shown = false;
        events.TryWrite(happened);
    }

    /// <summary>Shows a whole text in the place of whatever was shown before.</summary>
    public void Show(string text, string whyAnew)
    {
        TakeBack(whyAnew);
        Tell(new TextReleased(text));
    }

    public void TakeBack(string reason)
    {
        if (Shown) Tell(new TextRestarted(reason));
    }

    /// <summary>Carries out one stage and records it, also when it fails.</summary>
    public async Task<T> StepAsync<T>(string name, Func<StepNotes, Task<T>> work)
    {
        var notes = new StepNotes();
        var startedAt = Now();
        Tell(new StepStarted(name));
        try
        {
            return await work(notes);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            (notes.State, notes.Detail) = ("failed", $"{notes.Detail} {failure.GetType().Name}: {failure.Message}".Trim());
            throw;
        }
        finally
        {
            Tell(new StepEnded(new Step
            {
                Name = name,
                State = notes.State,
                StartedAt = startedAt,
                EndedAt = Now(),
                InputTokens = notes.Usage.Input,
                CachedTokens = notes.Usage.Cached,
                OutputTokens = notes.Usage.Output,
                CostMicro = notes.Usage.CostMicro,
                Detail = notes.Detail,
            }));
        }
    }

    public Task<T> StepAsync<T>(string name, Func<StepNotes, T> work) => StepAsync(name, notes => Task.FromResult(work(notes)));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
