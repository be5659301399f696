using System.Data.Common;
using Dapper;
using Tutor.Core;
using Tutor.Core.Flags;
using Tutor.Core.Flags.Reliability;
using Tutor.Core.Welfare;

namespace Tutor.Data.Interactions;

/// <summary>The statements that record an answer: the row, its steps, prompt, verdicts, flags or notice.</summary>
public sealed class FinishWriter(TimeProvider time)
{
    internal async Task<bool> WriteAsync(DbConnection connection, DbTransaction transaction, FinishedAttempt attempt, CancellationToken cancel)
    {
        if (!await AnswerAsync(connection, transaction, attempt, cancel)) return false;
        await StepsAsync(connection, transaction, attempt, cancel);
        await PromptAndVerdictsAsync(connection, transaction, attempt, cancel);
        await FlagsAsync(connection, transaction, attempt, cancel);
        await QuotaRefund.ApplyAsync(
            connection, transaction, attempt.InteractionId, attempt.Outcome.State, shown: attempt.Outcome.Answer.Length > 0, cancel,
            distress: attempt.Outcome.Distress is not null);
        await SampleAsync(connection, transaction, attempt, cancel);
        if (attempt.Outcome.Distress is { } distress) await WelfareAsync(connection, transaction, attempt.InteractionId, distress, cancel);
        await CloseAsync(connection, transaction, attempt.InteractionId, cancel);
        return true;
    }

    /// <summary>What every end has in common: the checkpoint is done with.</summary>
    internal static Task CloseAsync(DbConnection connection, DbTransaction transaction, string id, CancellationToken cancel) =>
        connection.ExecuteAsync(Sql.In(transaction,
            "DELETE FROM interaction_draft WHERE interaction_id = @id", new { id }, cancel));

    private async Task<bool> AnswerAsync(DbConnection connection, DbTransaction transaction, FinishedAttempt attempt, CancellationToken cancel)
    {
        var outcome = attempt.Outcome;
        return await connection.ExecuteAsync(Sql.In(transaction,
            """
            UPDATE interaction
            SET state = @State, finished_at = @now, owner = NULL, lease_until = 0, level = @level, answer = @Answer, writer = @Writer,
                writer_reason = @WriterReason, misconception_id = @MisconceptionId, evidence = @evidence, basis = @basis,
                first_failing_test = @firstFailingTest, guard_action = @GuardAction, error = @Error, model = @Model, host = @Host,
                adapter = @Adapter, seed = @Seed, input_tokens = @InputTokens, cached_tokens = @CachedTokens,
                output_tokens = @OutputTokens, cost_micro = @CostMicro, trace_id = @TraceId, flagged = @flagged, welfare = @welfare,
                answer_revision = @Revision
            WHERE id = @InteractionId AND attempt = @Attempt AND state = 'running'
            """,
            new
            {
                attempt.InteractionId, attempt.Attempt, attempt.TraceId, attempt.Revision, now = Now(), outcome.State, level = (int)outcome.Level, outcome.Answer,
                outcome.Writer, outcome.WriterReason, outcome.MisconceptionId, evidence = LedgerJson.Write(outcome.Evidence),
                basis = LedgerJson.Write(outcome.Basis), firstFailingTest = outcome.Evidence.FirstFailure?.TestId, outcome.GuardAction,
                outcome.Error, outcome.Model, outcome.Host, outcome.Adapter, outcome.Seed, outcome.InputTokens, outcome.CachedTokens,
                outcome.OutputTokens, outcome.CostMicro, flagged = outcome.Flags.Any(NeedsReview),
                welfare = outcome.Distress is not null,
            }, cancel)) == 1;
    }

    private static async Task StepsAsync(DbConnection connection, DbTransaction transaction, FinishedAttempt attempt, CancellationToken cancel)
    {
        if (attempt.Steps.Count == 0) return;
        var (values, parameters) = Sql.Rows(attempt.Steps.Select(IReadOnlyList<object?> (step, position) =>
        [
            attempt.InteractionId, attempt.Attempt, position, step.Name, step.State, step.StartedAt, step.EndedAt,
            step.InputTokens, step.CachedTokens, step.OutputTokens, step.CostMicro, step.Detail,
        ]));
        await connection.ExecuteAsync(Sql.In(transaction,
            $"""
            INSERT INTO interaction_step (interaction_id, attempt, position, step, state, started_at, ended_at,
                input_tokens, cached_tokens, output_tokens, cost_micro, detail)
            VALUES {values}
            """,
            parameters, cancel));
    }

    private static async Task PromptAndVerdictsAsync(
        DbConnection connection, DbTransaction transaction, FinishedAttempt attempt, CancellationToken cancel)
    {
        if (attempt.Outcome.Prompt.Count > 0)
            await connection.ExecuteAsync(Sql.In(transaction,
                "INSERT INTO interaction_prompt (interaction_id, messages) VALUES (@InteractionId, @messages)",
                new { attempt.InteractionId, messages = LedgerJson.Write(attempt.Outcome.Prompt) }, cancel));
        await connection.ExecuteAsync(Sql.In(transaction,
            "INSERT INTO verdict (id, interaction_id, layer, span, reason) VALUES (@id, @InteractionId, @layer, @Span, @Reason)",
            attempt.Outcome.Verdicts.Select(verdict => new
            {
                id = TutorId.New(), attempt.InteractionId, layer = verdict.Layer.ToString(), verdict.Span, verdict.Reason,
            }).ToList(), cancel));
    }

    private Task<int> FlagsAsync(DbConnection connection, DbTransaction transaction, FinishedAttempt attempt, CancellationToken cancel) =>
        connection.ExecuteAsync(Sql.In(transaction,
            """
            INSERT INTO flag (id, interaction_id, course_id, category, rule_id, rule_version, severity, field, start, quote, explanation, threshold,
                input_sha256, model, model_category, model_confidence, model_quote, created_at)
            SELECT @id, i.id, i.course_id, @Category, @RuleId, @RuleVersion, @severity, @Field, @Start, @Quote, @Explanation, @Threshold,
                @hash, @model, @modelCategory, @modelConfidence, @modelQuote, @now
            FROM interaction i WHERE i.id = @InteractionId
            """,
            attempt.Outcome.Flags.Select(flag => new
            {
                id = TutorId.New(), attempt.InteractionId, flag.Category, flag.RuleId, flag.RuleVersion, severity = (int)flag.Severity,
                flag.Field, flag.Start, flag.Quote, flag.Explanation, flag.Threshold, hash = flag.InputSha256, model = flag.SecondOpinion?.Model,
                modelCategory = flag.SecondOpinion?.Category, modelConfidence = flag.SecondOpinion?.Confidence, modelQuote = flag.SecondOpinion?.Quote, now = Now(),
            }).ToList(), cancel));

    private static bool NeedsReview(FlagFinding flag) => flag.Severity >= FlagSeverity.Review;

    private Task<int> SampleAsync(DbConnection connection, DbTransaction transaction, FinishedAttempt attempt, CancellationToken cancel) =>
        attempt.Outcome.Flags.Any(NeedsReview) || attempt.Outcome.Distress is not null || !UnflaggedSample.Draws(attempt.InteractionId)
            ? Task.FromResult(0)
            : connection.ExecuteAsync(Sql.In(transaction,
                "INSERT INTO flag_sample (interaction_id, course_id, drawn_at) SELECT i.id, i.course_id, @now FROM interaction i WHERE i.id = @InteractionId",
                new { attempt.InteractionId, now = Now() }, cancel));

    private Task<int> WelfareAsync(DbConnection connection, DbTransaction transaction, string interactionId, Distress distress, CancellationToken cancel) =>
        connection.ExecuteAsync(Sql.In(transaction,
            """
            INSERT INTO welfare_notice (id, interaction_id, course_id, student_id, rule_id, rule_version, field, quote, created_at, last_at)
            SELECT @id, i.id, i.course_id, i.student_id, @RuleId, @RuleVersion, @Field, @Quote, @now, @now FROM interaction i WHERE i.id = @interactionId
            """,
            new { id = TutorId.New(), interactionId, distress.RuleId, distress.RuleVersion, distress.Field, distress.Quote, now = Now() }, cancel));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
