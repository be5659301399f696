using Dapper;
using Microsoft.Data.Sqlite;
using Tutor.Core.People;
using Tutor.Data.People;

namespace Tutor.UnitTests.Data.Engines;

public sealed class TokenNoteTests
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_lets_its_person_in_while_the_database_takes_no_note_of_it()
    {
        using var ledger = new TempLedger();
        var clock = new TestClock();
        await new PersonStore(ledger.Database, clock).UpsertAsync(new Person { Id = "sam", Name = "Sam" }, cancel);
        var store = new ApiTokenStore(ledger.Database, clock);
        var secret = (await store.IssueAsync("sam", "laptop", cancel)).Secret;

        // As with a full disk: nothing of this table can be written.
        await ledger.Database.ExecuteAsync("CREATE TRIGGER no_room BEFORE UPDATE ON api_token BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END", null, cancel);
        Assert.Equal("sam", (await store.FindPersonAsync(secret, cancel))?.Id);
        await ledger.Database.ExecuteAsync("DROP TRIGGER no_room", null, cancel);

        clock.Advance(TimeSpan.FromMinutes(2));
        await using (var other = new SqliteConnection($"Data Source={ledger.Address}"))
        {
            await other.OpenAsync(cancel);
            await other.ExecuteAsync("BEGIN IMMEDIATE");
            var began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < 20; i++) Assert.Equal("sam", (await store.FindPersonAsync(secret, cancel))?.Id);
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(15), "Only the first waits, and a second at most.");
            await other.ExecuteAsync("ROLLBACK");
        }

        clock.Advance(TimeSpan.FromMinutes(2));
        await store.FindPersonAsync(secret, cancel);
        Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds(), Assert.Single(await store.ListAsync("sam", cancel)).LastUsedAt);
    }
}
