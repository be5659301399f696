using Tutor.Data.Interactions;
using Tutor.Data.People;

namespace Tutor.Web.Student.Workspace;

/// <summary>Saves what a student writes shortly after they pause, and at the latest when the page goes away.</summary>
/// <remarks>What has not come here by then the browser posts by itself, see <see cref="DraftEndpoint"/>.</remarks>
public sealed class DraftKeeper(
    WorkDraftStore drafts, TimeProvider time, string course, string exercise, Viewer student, Func<Task> changed) : IAsyncDisposable
{
    // After the editor's own 300 ms.
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan retry = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim saving = new(1, 1);
    private ITimer? timer;
    private (string Body, string Question, long At)? unsaved;
    private bool disposed, expected;

    public enum DraftState { Untouched, Saved, Saving, Failed }

    public DraftState State { get; private set; }

    /// <param name="saved">There is a draft from before.</param>
    public void Begin(bool saved) => State = saved ? DraftState.Saved : DraftState.Untouched;

    /// <summary>The student is typing: from now on what is saved is not all there is.</summary>
    public void Expect()
    {
        expected = true;
        State = DraftState.Saving;
    }

    public void Keep(string body, string question)
    {
        unsaved = (body, question, time.GetUtcNow().ToUnixTimeMilliseconds());
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
            await drafts.SaveAsync(course, exercise, student, draft.Body, draft.Question, draft.At, CancellationToken.None);
            if (unsaved == draft)
                (unsaved, State) = (null, expected ? DraftState.Saving : DraftState.Saved);
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

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        if (timer is not null)
            await timer.DisposeAsync();
        await SaveAsync();
    }
}
