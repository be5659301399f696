using Tutor.Core;
using Tutor.Data.Interactions;
using Tutor.Data.People;

namespace Tutor.Web.Student.Workspace;

/// <summary>Saves what a student writes shortly after they pause, and at the latest when the page goes away.</summary>
/// <remarks>What has not come here by then the browser posts by itself, see <see cref="DraftEndpoint"/>. Where another window has written
/// meanwhile, nothing is overwritten: the student chooses, and the text not chosen stays among the earlier versions.</remarks>
public sealed class DraftKeeper(
    WorkDraftStore drafts, TimeProvider time, string course, string exercise, Viewer student, Func<Task> changed) : IAsyncDisposable
{
    // After the editor's own 300 ms.
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan retry = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim saving = new(1, 1);
    private ITimer? timer;
    private (DraftText Text, long At)? unsaved;
    private bool disposed, expected;

    public enum DraftState { Untouched, Saved, Saving, Failed, Apart }

    public DraftState State { get; private set; }

    /// <summary>This page as the draft knows it.</summary>
    public DraftWindow Window { get; private set; } = new(TutorId.New(), 0);

    /// <summary>What another window has written since this one looked; null while there is nothing to choose.</summary>
    public WorkDraft? Elsewhere { get; private set; }

    /// <param name="saved">The draft from before; null where there is none.</param>
    public void Begin(WorkDraft? saved)
    {
        Window = Window with { Known = saved?.Version ?? 0 };
        State = saved is null ? DraftState.Untouched : DraftState.Saved;
    }

    /// <summary>The student is typing: from now on what is saved is not all there is.</summary>
    public void Expect()
    {
        expected = true;
        State = DraftState.Saving;
    }

    public void Keep(DraftText text)
    {
        unsaved = (text, Now);
        expected = false;
        State = DraftState.Saving;
        timer ??= time.CreateTimer(_ => _ = SaveAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(pause, Timeout.InfiniteTimeSpan);
    }

    public async Task SaveAsync()
    {
        await saving.WaitAsync();
        try
        {
            if (unsaved is not { } draft)
                return;
            var result = await drafts.SaveAsync(course, exercise, student, draft.Text, Window, draft.At, CancellationToken.None);
            Elsewhere = (result as DraftSave.ChangedElsewhere)?.Now;
            if (result is DraftSave.Saved saved)
                Window = Window with { Known = saved.Known };
            if (unsaved == draft)
                (unsaved, State) = (null, expected ? DraftState.Saving : Elsewhere is null ? DraftState.Saved : DraftState.Apart);
        }
        catch (Exception) when (!disposed)
        {
            // The page says so and the next attempt comes by itself; the text is still in the editor.
            State = DraftState.Failed;
            timer?.Change(retry, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            saving.Release();
        }
        if (!disposed)
            await changed();
    }

    /// <summary>The student wants what stands in this window; the other text is set aside.</summary>
    public async Task KeepMineAsync(DraftText mine)
    {
        if (Elsewhere is not { } other)
            return;
        await SetAsideAsync(new(other.Body, other.Question));
        Know(other);
        Keep(mine);
        await SaveAsync();
    }

    /// <summary>The student wants what the other window wrote; this window's text is set aside.</summary>
    public async Task TakeOtherAsync(DraftText mine)
    {
        if (Elsewhere is not { } other)
            return;
        await SetAsideAsync(mine);
        Know(other);
        (unsaved, State) = (null, DraftState.Saved);
    }

    /// <summary>Looks whether another window has gone on while this one lay still.</summary>
    /// <returns>What to show instead; null where this window has the latest, or text of its own that is not saved.</returns>
    public async Task<WorkDraft?> LookAsync(CancellationToken cancel)
    {
        if (unsaved is not null || State is not (DraftState.Untouched or DraftState.Saved))
            return null;
        var now = await drafts.FindAsync(course, exercise, student, cancel);
        if (now is null || now.WindowId == Window.Id || now.Version == Window.Known || unsaved is not null || expected)
            return null;
        Know(now);
        State = DraftState.Saved;
        return now;
    }

    /// <summary>Keeps a text that another one is about to take the place of.</summary>
    public Task SetAsideAsync(DraftText text) =>
        string.IsNullOrWhiteSpace(text.Body + text.Question)
            ? Task.CompletedTask
            : drafts.KeepAsync(course, exercise, student, TutorId.New(), text, Now, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        if (timer is not null)
            await timer.DisposeAsync();
        await SaveAsync();
    }

    // From now on this window's text goes on from that version.
    private void Know(WorkDraft draft) => (Window, Elsewhere) = (Window with { Known = draft.Version }, null);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
