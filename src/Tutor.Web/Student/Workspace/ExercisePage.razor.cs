using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Tutor.Core;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.Times;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Data.Progress;
using Tutor.Runtime.Hints;
using Tutor.Web.Privacy;
using Tutor.Web.Ui;

namespace Tutor.Web.Student.Workspace;

public sealed partial class ExercisePage(
    CourseStore courses, InteractionStore interactions, WorkDraftStore drafts, ProgressStore progress, EvidenceCollector evidence,
    HintDesk desk, NavigationManager navigation, ToastService toasts, IJSRuntime js, TimeProvider time) : ComponentBase
{
    [Parameter]
    public string Course { get; set; } = "";

    [Parameter]
    public string ExerciseId { get; set; } = "";

    /// <summary>The interaction shown; the latest where the address names none.</summary>
    [SupplyParameterFromQuery]
    public string? Ask { get; set; }

    [CascadingParameter]
    private Viewer Viewer { get; set; } = null!;

    [CascadingParameter]
    private CourseTime? Time { get; set; }

    private readonly CancellationTokenSource leaving = new();
    // Taken once: after the page is left its source is disposed and would throw instead of saying "cancelled".
    private CancellationToken gone;
    private string? loaded;
    private CourseVersion? version;
    private Exercise? exercise;
    private HintLevel highest;
    private QuotaUse? quota;
    private IReadOnlyList<Interaction> thread = [];
    private WatchedHint? hint;
    private CancellationTokenSource? watching;

    private DraftKeeper? keeper;
    private EditorBase? editor, questionEditor;
    private string body = "", question = "", followUp = "";
    private string? fileName, uploadProblem, problem, support;
    private RunEvidence? results;
    private readonly List<Paste> pastes = [];
    private SendCheck? sendCheck;
    private (string Kind, string? Words) pending = (InteractionKind.Hint, null);
    private bool asking, testing, interactive;

    // Sent again until the desk has answered, so that a click that seemed lost cannot ask twice.
    private string clientKey = TutorId.New();

    private ElementReference tutorSide;
    private ComponentScript? script;
    private IJSObjectReference? escape;
    private DotNetObjectReference<ExercisePage>? self;

    private string Address => $"courses/{Course}/exercises/{ExerciseId}";
    private bool IsCode => exercise!.Kind == ExerciseKind.Code;
    private bool CanAsk => RendererInfo.IsInteractive && hint?.IsOpen != true && quota?.Left != 0;

    private string DraftUrl => $"/{Address}/draft?window={keeper!.Window.Id}";
    private DraftField BodyField => new(DraftUrl, "body");
    private DraftField QuestionField => new(DraftUrl, "question");

    private FollowUpForm FollowUp => new(
        followUp, new(DraftUrl, "follow_up"), pending.Kind == InteractionKind.Hint ? null : problem, EventCallback.Factory.Create<string>(this, ChangeFollowUp),
        EventCallback.Factory.Create(this, ExpectChange), EventCallback.Factory.Create<string>(this, FollowUpAsync));

    private string DraftWords => keeper!.State switch
    {
        DraftKeeper.DraftState.Untouched => "",
        DraftKeeper.DraftState.Saving => "Saving…",
        DraftKeeper.DraftState.Failed => "Not saved yet, trying again",
        DraftKeeper.DraftState.Apart => "Kept apart",
        _ => "Saved",
    };

    protected override void OnInitialized() => gone = leaving.Token;

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            if (loaded != Address)
            {
                loaded = Address;
                await LoadExerciseAsync();
            }
            if (exercise is not null && (hint is null || (Ask is not null && Ask != hint.Row.Id)))
                await ShowAsync(Ask);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left while it loaded.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Not always the first render: that one comes before the exercise where the database answers over a network.
        if (interactive || exercise is null)
            return;
        interactive = true;
        Follow();
        self = DotNetObjectReference.Create(this);
        script = new ComponentScript(js, "./Student/Workspace/ExercisePage.razor.js");
        escape = await script.CallAsync<IJSObjectReference>("listen", self);
        if (script.Gone)
            await StopListeningAsync();
    }

    private async Task LoadExerciseAsync()
    {
        var published = await courses.FindPublishedAsync(Course, Viewer, gone);
        if (published?.Pack.FindExercise(ExerciseId) is not { } found)
        {
            exercise = null;
            navigation.NotFound();
            return;
        }
        var draft = await drafts.FindAsync(Course, ExerciseId, Viewer, gone);
        if (keeper is not null)
            await keeper.DisposeAsync();
        // All at once: a render in between would show the exercise with an empty editor.
        (version, exercise) = (published, found);
        keeper = new DraftKeeper(drafts, time, Course, ExerciseId, Viewer, () => InvokeAsync(StateHasChanged));
        highest = version.Pack.PolicyFor(exercise).HighestLevel;
        Show(draft ?? new() { Body = exercise.Starter });
        keeper.Begin(draft);
        (results, problem, uploadProblem, fileName, hint) = (null, null, null, null, null);
        await LoadQuotaAsync();
        await LoadThreadAsync();
    }

    private async Task LoadThreadAsync() =>
        thread = await interactions.ThreadAsync(Course, ExerciseId, Viewer.PersonId, Viewer, gone);

    private async Task LoadQuotaAsync() =>
        quota = await interactions.QuotaAsync(Course, Viewer.PersonId, version!.Pack.Quota.HintsPerDay, gone);

    private async Task ShowAsync(string? id)
    {
        var row = id is null ? (thread.Count > 0 ? thread[^1] : null) : await interactions.FindAsync(id, Viewer, gone);
        if (id is not null && (row is null || row.CourseId != Course || row.ExerciseId != ExerciseId || row.StudentId != Viewer.PersonId))
        {
            navigation.NotFound();
            return;
        }
        hint = row is null ? null : new WatchedHint(row);
        Follow();
    }

    // Prerendering shows what there is and watches nothing; the circuit takes it up from there.
    private void Follow()
    {
        watching?.Cancel();
        if (!interactive || hint is not { IsOpen: true } open)
            return;
        watching = CancellationTokenSource.CreateLinkedTokenSource(gone);
        _ = FollowAsync(open, watching.Token);
    }

    private async Task FollowAsync(WatchedHint followed, CancellationToken cancel)
    {
        try
        {
            await foreach (var update in desk.WatchAsync(followed.Row, Viewer, cancel: cancel))
            {
                if (!followed.Take(update))
                    continue;
                // The list beside it says that it is being written, no longer that it waits.
                if (update is HintUpdate.Step && thread.Any(row => row.Id == followed.Row.Id && row.State == InteractionState.Queued))
                    await LoadThreadAsync();
                StateHasChanged();
            }
            await LoadThreadAsync();
            await LoadQuotaAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // Another hint is shown now, or the page is gone; the work on this one goes on by itself.
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    private Task AskAsync() => SubmitAsync(InteractionKind.Hint, null);

    private Task MoreAsync() => SubmitAsync(InteractionKind.NextLevel, "");

    private Task FollowUpAsync(string followUp) => SubmitAsync(InteractionKind.FollowUp, followUp);

    private async Task TestAsync()
    {
        if (testing)
            return;
        testing = true;
        try
        {
            await ReadEditorsAsync();
            var found = await evidence.CollectAsync(exercise!, body, gone);
            if (found.State is EvidenceState.Ran or EvidenceState.LoadFailed)
                await progress.NoteRunAsync(Course, ExerciseId, Viewer, found, gone);
            results = found.ForStudent();
        }
        finally
        {
            testing = false;
        }
    }

    [JSInvokable]
    public Task StopAsync() => InvokeAsync(async () =>
    {
        if (hint is { IsOpen: true } open)
            await desk.CancelAsync(open.Row.Id, Viewer, gone);
    });

    private async Task RateAsync((bool Helped, string? Reason) rating)
    {
        if (hint is not null && await desk.RateAsync(hint.Row.Id, Viewer, rating.Helped, rating.Reason, gone) is { Taken: false } refused)
            toasts.Notify(new(ToastType.Warning, refused.Objection ?? "Your rating was not taken. Load the page again and try once more."));
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        if (keeper is not null)
            await keeper.DisposeAsync();
        if (script is not null)
            await script.DisposeAsync();
        await StopListeningAsync();
        self?.Dispose();
        leaving.Dispose();
    }

    private async Task StopListeningAsync()
    {
        if (escape is null)
            return;
        try
        {
            await escape.InvokeVoidAsync("stop");
            await escape.DisposeAsync();
        }
        catch (Exception left) when (left is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone and its listeners with it.
        }
    }
}
