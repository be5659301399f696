using Microsoft.AspNetCore.Components;
using Tutor.Core.Courses;
using Tutor.Core.People;
using Tutor.Data.Courses;
using Tutor.Data.People;

namespace Tutor.Web.Instructor;

/// <summary>A page of one course for its staff. Everyone else is told that there is nothing here.</summary>
public abstract class StaffPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private string? shown;
    private IDisposable? heard;

    protected StaffPage() => Gone = gone.Token;

    [Parameter]
    public string Course { get; set; } = "";

    [CascadingParameter]
    protected Viewer Viewer { get; set; } = null!;

    [Inject]
    protected PersonStore People { get; set; } = null!;

    [Inject]
    protected CourseStore Courses { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>The viewer's role; null until the page is loaded.</summary>
    protected string? StaffRole { get; private set; }

    /// <summary>What students work with now.</summary>
    protected CoursePack? Pack { get; private set; }

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Gone { get; }

    protected virtual bool ForInstructorsOnly => false;

    /// <summary>What the page shows one of; null where its address is complete with the course.</summary>
    protected virtual string? Subject => null;

    protected abstract Task LoadAsync();

    protected string ExerciseTitle(string id) => Pack?.FindExercise(id)?.Title ?? id;

    protected sealed override async Task OnParametersSetAsync()
    {
        var subject = $"{Course} {Subject}";
        if (shown == subject)
            return;
        shown = subject;
        try
        {
            var role = await People.FindRoleAsync(Course, Viewer.PersonId, Gone);
            if (!Role.IsStaff(role) || (ForInstructorsOnly && role != Role.Instructor))
            {
                Navigation.NotFound();
                return;
            }
            Pack = (await Courses.FindPublishedAsync(Course, Viewer, Gone))?.Pack;
            await LoadAsync();
            StaffRole = role;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left while it loaded.
        }
    }

    /// <summary>Listens for as long as the page is open, to one subscription at a time.</summary>
    protected void Listen(IDisposable subscription)
    {
        heard?.Dispose();
        heard = subscription;
        // A page that was left while it loaded has nobody to end it later.
        if (Gone.IsCancellationRequested)
            subscription.Dispose();
    }

    /// <summary>Does work that news from elsewhere asks for, on this page's own turn, and shows what it changed.</summary>
    protected void Follow(Func<Task> work) => _ = InvokeAsync(async () =>
    {
        try
        {
            if (Gone.IsCancellationRequested)
                return;
            await work();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left meanwhile.
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    });

    public void Dispose()
    {
        if (gone.IsCancellationRequested)
            return;
        gone.Cancel();
        gone.Dispose();
        heard?.Dispose();
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what else the page began.</summary>
    protected virtual void Leave() { }
}
