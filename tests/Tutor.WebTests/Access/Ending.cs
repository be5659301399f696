using Tutor.Data;
using Tutor.Data.Audit;
using Tutor.Data.People;
using Tutor.Data.Sessions;

namespace Tutor.WebTests.Access;

/// <summary>What ends somebody's session and token, done as another node would: nothing of it passes through the portal that must notice.</summary>
internal static class Ending
{
    private static readonly Dictionary<string, Func<SessionPerson, Database, CancellationToken, Task>> ways = new()
    {
        ["signed out, and the token revoked by its owner"] = async (person, database, cancel) =>
        {
            await person.Browser.SignOutAsync(cancel);
            await new ApiTokenStore(database, TimeProvider.System).RevokeAsync(person.Token.Id, person.Id, cancel);
        },
        ["role taken away"] = (person, database, cancel) => new PersonStore(database, TimeProvider.System).LeaveAsync(person.Course, person.Id, cancel),
        ["suspended"] = (person, database, cancel) => Accounts(database).SuspendAsync(person.Id, "a lost laptop", new Viewer("operator"), cancel),
        ["disabled in the directory"] = (person, _, _) =>
        {
            person.Directory.Changed[person.ObjectId] = null;
            return Task.CompletedTask;
        },
        ["at its end"] = (person, database, cancel) => database.ExecuteAsync(
            "UPDATE session SET ends_at = @now WHERE person_id = @Id; UPDATE api_token SET expires_at = @now WHERE person_id = @Id",
            new { person.Id, now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() }, cancel),
        ["ended by an operator"] = async (person, database, cancel) =>
        {
            foreach (var session in await new SessionStore(database, TimeProvider.System).ListAsync(person.Id, cancel))
                await Accounts(database).EndSessionAsync(person.Id, session.Id, new Viewer("operator"), cancel);
            await Accounts(database).RevokeTokenAsync(person.Id, person.Token.Id, new Viewer("operator"), cancel);
        },
    };

    public static TheoryData<string> All => [.. ways.Keys];

    public static Task OfAsync(string way, SessionPerson person, Database database, CancellationToken cancel) => ways[way](person, database, cancel);

    private static AccountStore Accounts(Database database) => new(database, new AuditLog(database, TimeProvider.System), TimeProvider.System);
}
