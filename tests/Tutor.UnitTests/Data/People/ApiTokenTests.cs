using Tutor.Data.People;

namespace Tutor.UnitTests.Data.People;

public abstract class ApiTokenTests
{
    public sealed class OnSqlite : ApiTokenTests;
    public sealed class OnPostgres : ApiTokenTests, IOnPostgres;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_works_to_the_end_its_owner_chose_and_half_a_year_when_they_chose_none()
    {
        using var file = await LedgerFile.CreateAsync(Cancel);
        var tokens = new ApiTokenStore(file.Database, file.Clock);
        var week = (await tokens.TryIssueAsync(LedgerFile.Student.PersonId, "week", TimeSpan.FromDays(7), Cancel))!;
        var usual = await tokens.IssueAsync(LedgerFile.Student.PersonId, "usual", Cancel);
        await file.Database.ExecuteAsync("UPDATE api_token SET expires_at = NULL WHERE id = @Id", usual, Cancel); // one from before tokens had an end

        file.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await tokens.FindPersonAsync(week.Secret, Cancel));
        file.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await tokens.FindPersonAsync(week.Secret, Cancel));
        Assert.Equal("usual", Assert.Single(await tokens.ListAsync(LedgerFile.Student.PersonId, Cancel)).Name);

        file.Clock.Advance(TimeSpan.FromDays(173) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await tokens.FindPersonAsync(usual.Secret, Cancel));
        file.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await tokens.FindPersonAsync(usual.Secret, Cancel));
        Assert.Empty(await tokens.ListAsync(LedgerFile.Student.PersonId, Cancel));
    }

    [Fact]
    public async Task There_are_twenty_tokens_of_a_person_and_room_again_when_one_is_revoked()
    {
        using var file = await LedgerFile.CreateAsync(Cancel);
        var tokens = new ApiTokenStore(file.Database, file.Clock);
        Task<IssuedToken?> IssueAsync() => tokens.TryIssueAsync(LedgerFile.Student.PersonId, "script", TimeSpan.FromDays(30), Cancel);

        // At once, as from several windows.
        var issued = (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(IssueAsync)))).OfType<IssuedToken>().ToList();

        Assert.Equal(20, issued.Count);
        Assert.NotNull(await tokens.TryIssueAsync(LedgerFile.Other.PersonId, "another's", TimeSpan.FromDays(30), Cancel));
        await tokens.RevokeAsync(issued[0].Id, LedgerFile.Student.PersonId, Cancel);
        Assert.NotNull(await IssueAsync());
        Assert.Null(await IssueAsync());
        file.Clock.Advance(TimeSpan.FromDays(30));
        Assert.NotNull(await IssueAsync());
    }
}
