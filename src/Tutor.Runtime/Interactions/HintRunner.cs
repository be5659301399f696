using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Runtime.Telemetry;

namespace Tutor.Runtime.Interactions;

/// <summary>The pipeline as the runner calls it.</summary>
public delegate IAsyncEnumerable<HintEvent> HintWork(HintRequest request, CancellationToken cancel);

/// <summary>Carries attempts out: loads what the pipeline needs, follows it, and records how it ended.</summary>
internal sealed partial class HintRunner(
    RequestLoader loader, HintWork work, Ledger ledger, RunningHints running, HintMetrics metrics, IOptions<RuntimeOptions> options, TimeProvider time,
    ILogger<HintRunner> logger)
{
    // Longer than any restart of the database; after it the lease has long run out and another attempt takes the row.
    private static readonly TimeSpan finishPatience = TimeSpan.FromMinutes(1);

    public HintRun Begin(Interaction row, int attempt, HintDraft? draft)
    {
        var run = new HintRun(row, attempt, draft);
        running.Add(run);
        // Off the grain's own thread: cleaning and guarding are work, and a grain answers one call at a time.
        run.Completion = Task.Run(() => CarryOutAsync(run), CancellationToken.None);
        return run;
    }

    private async Task CarryOutAsync(HintRun run)
    {
        using var activity = HintTraces.Source.StartActivity(HintTraces.Interaction, ActivityKind.Internal, parentContext: default);
        activity?.SetTag("tutor.interaction.id", run.Row.Id).SetTag("tutor.course.id", run.Row.CourseId)
            .SetTag("tutor.attempt", run.Attempt).SetTag("tutor.resumed", run.Draft is not null);
        try
        {
            if (run.Attempt > options.Value.MaxAttempts)
                await FinishAsync(run, GivenUp($"It was begun {run.Attempt - 1} times and each time the process ended."), activity);
            else
                await FinishAsync(run, await FollowAsync(run), activity);
        }
        catch (OperationCanceledException) when (run.Stopping.IsCancellationRequested)
        {
            // Cancelled, lost or handed over: whoever stopped it has seen to the row.
        }
        catch (Exception error)
        {
            LogFailed(error, run.Row.Id, run.Attempt);
            await GiveBackAsync(run, error, activity);
        }
        finally
        {
            HintTraces.Steps(activity, run.Steps);
            running.Remove(run);
            run.Live.End();
        }
    }

    private async Task<HintOutcome> FollowAsync(HintRun run)
    {
        var limit = TimeSpan.FromMinutes(options.Value.MaxMinutes);
        using var late = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Stopping, late.Token);
        try
        {
            var request = await loader.LoadAsync(run, stop.Token);
            await foreach (var happened in work(request, stop.Token)) run.Take(happened);
            run.Stopping.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !run.Stopping.IsCancellationRequested)
        {
            throw new TimeoutException($"The hint was not ready after {limit}.");
        }
        var outcome = run.Outcome ?? throw new InvalidOperationException("The pipeline ended without an outcome.");
        // What is recorded is what counts; where it is not what was shown, the page follows the record.
        if (outcome.Answer != run.Live.Text) run.Live.Restart("The hint was completed.", outcome.Answer);
        return outcome;
    }

    private async Task FinishAsync(HintRun run, HintOutcome outcome, Activity? activity)
    {
        var finished = new FinishedAttempt(run.Row.Id, run.Attempt, outcome, run.Steps, activity?.TraceId.ToString(), run.Live.Revision);
        var from = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause = TimeSpan.FromSeconds(Math.Min(1, pause.TotalSeconds * 2)))
        {
            try
            {
                if (await ledger.FinishAsync(finished, run.Stopping)) metrics.Finished(run.Row, outcome, time.GetUtcNow());
                else LogLost(run.Row.Id, run.Attempt);
                return;
            }
            catch (Exception error) when (error is not OperationCanceledException && time.GetElapsedTime(from) < finishPatience)
            {
                // The answer is there and only the database is not: losing it would make the student wait again.
                LogFinishFailed(error, run.Row.Id);
                await Task.Delay(pause, time, run.Stopping);
            }
        }
    }

    private async Task GiveBackAsync(HintRun run, Exception error, Activity? activity)
    {
        // Not its message, which may quote what a student wrote.
        activity?.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
        try
        {
            if (run.Attempt < options.Value.MaxFailures) await ledger.RequeueAsync(run.Row.Id, run.Attempt, run.Stopping);
            else await FinishAsync(run, GivenUp($"{error.GetType().Name}: {error.Message}"), activity);
        }
        catch (Exception again)
        {
            // The lease runs out and another attempt follows.
            LogFinishFailed(again, run.Row.Id);
        }
    }

    private static HintOutcome GivenUp(string error) => new() { State = InteractionState.Failed, Error = error };

    [LoggerMessage(LogLevel.Error, "Attempt {Attempt} at interaction {InteractionId} failed")]
    private partial void LogFailed(Exception error, string interactionId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} at interaction {InteractionId} no longer held its row; its answer was not recorded")]
    private partial void LogLost(string interactionId, int attempt);

    [LoggerMessage(LogLevel.Warning, "The end of interaction {InteractionId} could not be recorded yet")]
    private partial void LogFinishFailed(Exception error, string interactionId);
}
