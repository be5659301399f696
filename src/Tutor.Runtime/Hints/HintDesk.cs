using System.Runtime.CompilerServices;
using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Runtime.Admission;
using Tutor.Runtime.Interactions;
using Tutor.Runtime.Welfare;

namespace Tutor.Runtime.Hints;

/// <summary>Where pages and the machine API ask for hints, watch them, stop them and rate them.</summary>
public sealed class HintDesk
{
    // A viewer looks at the ledger this often: whatever was not heard is found there.
    private static readonly TimeSpan lookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan lookAgainLatest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    private readonly CourseStore courses;
    private readonly InteractionStore interactions;
    private readonly Ledger ledger;
    private readonly IGrainFactory grains;
    private readonly TokenHub hub;
    private readonly QueuePlaces places;
    private readonly AskRate rate;
    private readonly DistressDesk distress;
    private readonly TimeProvider time;

    internal HintDesk(
        CourseStore courses, InteractionStore interactions, Ledger ledger, IGrainFactory grains, TokenHub hub, QueuePlaces places,
        AskRate rate, DistressDesk distress, TimeProvider time) =>
        (this.courses, this.interactions, this.ledger, this.grains, this.hub, this.places, this.rate, this.distress, this.time) =
        (courses, interactions, ledger, grains, hub, places, rate, distress, time);

    /// <summary>Stores a request. Once it is accepted it will be answered, whatever happens to this process or this page.</summary>
    public async Task<SubmitResult> SubmitAsync(SubmitRequest request, Viewer student, CancellationToken cancel)
    {
        request = RequestFields.Whole(request);
        // Before any rule and any quota: nobody in distress is told to try something first, to write less, or to wait.
        if (await distress.AnswerAsync(request, student) is { } support) return support;
        if (RequestFields.Objection(request) is { } objection) return new SubmitResult.Invalid(objection);

        var result = await TakeAsync(request, student, cancel);
        if (result is SubmitResult.Accepted) return result;
        // What a retry asks for may have changed what is allowed next.
        if (await ledger.FindRepeatedAsync(student.PersonId, request.ClientKey, cancel) is { } repeated) return repeated;
        if (result is SubmitResult.TooFast) await ledger.NoteRateAsync(request.CourseId, student.PersonId, rate.Limits, cancel);
        return result;
    }

    /// <summary>Follows an interaction to its end from any point on: after a reload, on another node, or after it ended.</summary>
    /// <param name="revision">Of the last text received; 0 for none.</param>
    /// <param name="offset">How much of that revision the viewer has.</param>
    /// <returns>Empty when there is no such interaction for this person.</returns>
    public async IAsyncEnumerable<HintUpdate> WatchAsync(
        string id, Viewer viewer, int revision = 0, int offset = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (await interactions.FindAsync(id, viewer, cancel) is not { } row) yield break;
        await foreach (var update in WatchAsync(row, viewer, revision, offset, cancel)) yield return update;
    }

    /// <summary>The same from a row that this viewer has just read.</summary>
    public async IAsyncEnumerable<HintUpdate> WatchAsync(
        Interaction row, Viewer viewer, int revision = 0, int offset = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var id = row.Id;
        var watch = new HintWatch(revision, offset);
        using var view = hub.Watch(id);
        while (row.IsOpen)
        {
            var place = row.State == InteractionState.Queued ? await places.FindAsync(id, cancel) : null;
            // What admission says is enough for one that waits: thousands who ask the ledger each second leave no time for their hints.
            var waits = place is { Sure: true };
            var heard = (waits && view.WasAttached) || await view.KeepAttachedAsync(cancel);
            if (!heard && !waits)
            {
                row = await interactions.FindAsync(id, viewer, cancel) ?? row;
                if (!row.IsOpen) break;
            }
            var changed = view.Live.ChangedAsync();
            var news = watch.News(view.Live);
            foreach (var update in news) yield return update;
            if (watch.AttemptJustEnded())
            {
                row = await interactions.FindAsync(id, viewer, cancel) ?? row;
                continue;
            }
            if (row.State == InteractionState.Queued && watch.Place(place) is { } told) yield return told;

            await Task.WhenAny(changed, Task.Delay(LookAgain(place), time, cancel));
            cancel.ThrowIfCancellationRequested();
            // While text flows the ledger has nothing to add, and who was not heard asks it above.
            if (news.Count == 0 && (changed.IsCompleted || (heard && !waits))) row = await interactions.FindAsync(id, viewer, cancel) ?? row;
        }
        foreach (var update in watch.End(row)) yield return update;
    }

    /// <summary>Stops a hint at its student's wish; what was shown of it stays.</summary>
    /// <returns>False when it is not theirs or has ended already.</returns>
    public async Task<bool> CancelAsync(string id, Viewer student, CancellationToken cancel)
    {
        if (await interactions.FindAsync(id, student, cancel) is not { IsOpen: true } row || row.StudentId != student.PersonId) return false;
        var grain = grains.GetGrain<IInteractionGrain>(id);
        var shown = await ShownAsync(grain, cancel);
        if (!await ledger.CancelAsync(id, student, shown?.Now, shown?.Ever ?? false, cancel)) return false;
        await TellAsync(grain.StopAsync);
        await TellAsync(() => Admission.DoneAsync(id, took: null));
        hub.Wake(id);
        return true;
    }

    /// <summary>Takes a student's word on whether a finished hint helped.</summary>
    public async Task<RateResult> RateAsync(string id, Viewer student, bool helped, string? reason, CancellationToken cancel)
    {
        if (RequestFields.ReasonObjection(reason) is { } objection) return new RateResult(false, objection);
        return new RateResult(await interactions.RateAsync(id, student, helped, reason?.WithoutBrokenCharacters(), cancel), null);
    }

    private async Task<SubmitResult> TakeAsync(SubmitRequest request, Viewer student, CancellationToken cancel)
    {
        var course = await courses.FindPublishedAsync(request.CourseId, student, cancel);
        if (course?.Pack.FindExercise(request.ExerciseId) is not { } exercise) return new SubmitResult.NotFound();

        if (rate.Take(request.CourseId, student.PersonId) is { } resetAt) return new SubmitResult.TooFast(resetAt);

        var policy = course.Pack.PolicyFor(exercise);
        var last = await interactions.FindLastAnswerAsync(request.CourseId, request.ExerciseId, student.PersonId, cancel);
        if (SubmitRules.Objection(request, exercise, policy, last) is { } objection) return new SubmitResult.Invalid(objection);

        var result = await ledger.SubmitAsync(New(request, course, student, SubmitRules.Level(request, policy, last)), course.Pack.Quota.HintsPerDay, cancel);
        if (result is SubmitResult.Accepted { Repeated: false } accepted)
            await TellAsync(() => Admission.EnqueueAsync(new QueuedHint(
                accepted.InteractionId, request.CourseId, student.PersonId, accepted.HintOfTheDay, accepted.AskedAt)));
        return result;
    }

    // The longer the wait the less a second matters to who waits, and the more of them there are.
    private static TimeSpan LookAgain(QueuePlace? place) =>
        place is { Sure: true, Wait: var wait } ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks / 20, lookAgain.Ticks, lookAgainLatest.Ticks)) : lookAgain;

    private static NewInteraction New(SubmitRequest request, CourseVersion course, Viewer student, HintLevel level) => new()
    {
        ClientKey = request.ClientKey, StudentId = student.PersonId, CourseId = request.CourseId, CourseVersionId = course.Id,
        ExerciseId = request.ExerciseId, Kind = request.Kind, Level = level, Work = request.Work, Question = request.Question, FileName = request.FileName,
        Pastes = request.Pastes,
    };

    // The ledger has what counts; a word that does not arrive is found there within two seconds.
    private static async Task TellAsync(Func<Task> word)
    {
        try
        {
            await word();
        }
        catch (Exception error) when (error is TimeoutException or OrleansException or ObjectDisposedException)
        {
        }
    }

    private IAdmissionGrain Admission => grains.GetGrain<IAdmissionGrain>(AdmissionGrain.DefaultPool);

    private async Task<ShownText?> ShownAsync(IInteractionGrain grain, CancellationToken cancel)
    {
        try
        {
            return await grain.ShownTextAsync().WaitAsync(patience, time, cancel);
        }
        catch (Exception error) when (error is TimeoutException or OrleansException)
        {
            // Its node is gone; the last checkpoint is what is left of the text.
            return null;
        }
    }
}
