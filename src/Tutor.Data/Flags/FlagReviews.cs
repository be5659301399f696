using Dapper;
using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Flags;

/// <summary>Decisions of staff about flags. A flag never acts on a student; a person decides, and says why.</summary>
public sealed class FlagReviews(Database database, AuditLog audit, TimeProvider clock)
{
    /// <summary>Confirms or dismisses a flag. A later decision replaces an earlier one.</summary>
    /// <returns>False where there is no such flag in a course this person teaches.</returns>
    /// <exception cref="ArgumentException">The reason is empty: whoever reads the flag later needs one.</exception>
    public Task<bool> DecideAsync(string flagId, Viewer viewer, bool confirmed, string reason, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var parameters = new
        {
            flagId,
            viewer = viewer.PersonId,
            state = confirmed ? FlagState.Confirmed : FlagState.Dismissed,
            reason = reason.Trim(),
            now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return database.WriteAsync(async (connection, transaction) =>
        {
            // Two decisions on flags of one interaction wait for each other: each counts what the other left.
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE interaction SET flagged = flagged WHERE id = (SELECT interaction_id FROM flag WHERE id = @flagId)",
                parameters, transaction, cancellationToken: cancel));
            var changed = await connection.ExecuteAsync(new CommandDefinition(
                """
                UPDATE flag SET state = @state, reviewed_by = @viewer, reviewed_at = @now, review_reason = @reason
                WHERE id = @flagId
                  AND EXISTS (SELECT 1 FROM membership m
                              WHERE m.course_id = flag.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor'))
                """,
                parameters, transaction, cancellationToken: cancel));
            // An interaction counts as flagged while any flag on it stands.
            if (changed == 1)
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    UPDATE interaction
                    SET flagged = EXISTS (SELECT 1 FROM flag f WHERE f.interaction_id = interaction.id AND f.state <> 'dismissed' AND f.severity >= 2)
                    WHERE id = (SELECT interaction_id FROM flag WHERE id = @flagId)
                    """,
                    parameters, transaction, cancellationToken: cancel));
            if (changed == 1)
                await audit.WriteAsync(connection, transaction, new AuditEvent(viewer, null, AuditAction.Changed, AuditObject.Flag, flagId, parameters.state), cancel);
            return changed == 1;
        }, cancel);
    }
}
