using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Runtime.Hints;
using Tutor.Web.SignIn;
using Tutor.Web.SignIn.Sessions;

namespace Tutor.Web.Api;

/// <summary>An interaction as server-sent events.</summary>
public static class HintStream
{
    public const string Description =
        """
        Events: `queued` {place, expectedWaitSeconds}; `step` {name, state}; `evidence`; `held` (a code block is being checked);
        `restarted` {reason}; `text` {revision, offset, text}: keep the first `offset` characters (UTF-16 code units) of what you
        have, whatever its revision, and put `text` after them; `finished` with the interaction, after which the stream ends.
        A text event's id is "revision:offset reached"; send it back as Last-Event-ID, or as the query parameters revision and
        offset, and the stream goes on from there, also after the server was restarted.
        """;

    public static async Task<IResult> WatchAsync(
        string id, ClaimsPrincipal user, HintDesk desk, InteractionStore interactions, HttpContext context,
        IHostApplicationLifetime node, TokenAccess access, IOptions<SignInSessionOptions> sessions, TimeProvider time, int revision = 0, int offset = 0, CancellationToken cancel = default)
    {
        var viewer = user.ToViewer()!;
        if (await interactions.FindAsync(id, viewer, cancel) is not { } row)
            return TypedResults.Problem("There is no such interaction of yours.", statusCode: StatusCodes.Status404NotFound, title: "Not found");
        if (context.Request.Headers["Last-Event-ID"].ToString().Split(':') is [var lastRevision, var lastOffset]
            && int.TryParse(lastRevision, out var knownRevision) && int.TryParse(lastOffset, out var knownOffset))
            (revision, offset) = (knownRevision, knownOffset);
        var secret = TokenAccess.SecretOf(context.Request)!;
        return TypedResults.ServerSentEvents(WatchedAsync(cancel));

        async IAsyncEnumerable<SseItem<object>> WatchedAsync([EnumeratorCancellation] CancellationToken gone)
        {
            await using var watch = AccessWatch.Begin(TimeSpan.FromSeconds(sessions.Value.CheckSeconds), MayReadAsync, time, gone);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(node.ApplicationStopping, watch.Ended);
            await foreach (var item in EventsAsync(desk, row, viewer, revision, offset, ending.Token, gone))
                yield return item;
        }

        async Task<bool> MayReadAsync(CancellationToken now) => await access.FindAsync(secret, now) is not null && await interactions.FindAsync(id, viewer, now) is not null;
    }

    private static async IAsyncEnumerable<SseItem<object>> EventsAsync(
        HintDesk desk, Interaction row, Viewer viewer, int revision, int offset, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping);
        await using var updates = desk.WatchAsync(row, viewer, revision, offset, either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(updates, stopping))
            yield return Event(updates.Current);
    }

    // A node that is being stopped lets its readers go at once: they go on from what they have at another one. So do those whose right has ended, and are refused there.
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<HintUpdate> updates, CancellationToken stopping)
    {
        try
        {
            return !stopping.IsCancellationRequested && await updates.MoveNextAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private static SseItem<object> Event(HintUpdate update) => update switch
    {
        HintUpdate.Queued queued => new(new { queued.Place, ExpectedWaitSeconds = (int)Math.Ceiling(queued.ExpectedWait.TotalSeconds) }, "queued"),
        HintUpdate.Step step => new(new { step.Name, step.State }, "step"),
        HintUpdate.Evidence evidence => new(EvidenceView.Of(evidence.Found), "evidence"),
        HintUpdate.Held => new(new { }, "held"),
        HintUpdate.Restarted restarted => new(new { restarted.Reason }, "restarted"),
        HintUpdate.Text text => new(new { text.Revision, text.Offset, Text = text.Added }, "text") { EventId = $"{text.Revision}:{text.Offset + text.Added.Length}" },
        HintUpdate.Finished finished => new(InteractionView.Of(finished.Interaction), "finished"),
        _ => throw new InvalidOperationException($"No event for {update.GetType().Name}."),
    };
}
