using Tutor.Core.People;
using Tutor.Data.Audit;
using Tutor.Data.People;
using Tutor.Data.Sessions;

namespace Tutor.UnitTests.Data.Sessions;

public abstract class SessionTests : IDisposable
{
    private static readonly TimeSpan week = TimeSpan.FromDays(7);
    private readonly TempLedger ledger = new();
    private readonly TestClock clock = new();

    public sealed class OnSqlite : SessionTests;
    public sealed class OnPostgres : SessionTests, IOnPostgres;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private SessionStore Store => new(ledger.Database, clock);
    private PersonStore People => new(ledger.Database, clock);
    private AccountStore Accounts => new(ledger.Database, new AuditLog(ledger.Database, clock), clock);

    [Fact]
    public async Task A_session_holds_until_its_person_signs_out_and_the_others_go_on()
    {
        var (first, second) = (await BeginAsync(), await BeginAsync());

        await Store.SignOutAsync(first, Cancel);

        Assert.Equal((false, true), (await Store.HoldsAsync(first, Cancel), await Store.HoldsAsync(second, Cancel)));
        Assert.False(await Store.HoldsAsync("never given", Cancel));
    }

    [Fact]
    public async Task After_its_time_a_session_ends_however_often_it_was_used()
    {
        var secret = await BeginAsync();
        for (var hour = 1; hour < 7 * 24; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            Assert.True(await Store.HoldsAsync(secret, Cancel));
        }

        clock.Advance(TimeSpan.FromHours(1));

        Assert.False(await Store.HoldsAsync(secret, Cancel));
        Assert.Empty(await Store.ListAsync("sam", Cancel));
    }

    [Theory]
    [InlineData(Role.Student, null, false)]
    [InlineData(Role.Instructor, Role.Ta, false)]
    [InlineData(Role.Ta, Role.Student, false)]
    [InlineData(Role.Welfare, Role.Instructor, false)]
    [InlineData(Role.Instructor, Role.Welfare, false)]
    [InlineData(Role.Student, Role.Ta, true)]
    [InlineData(Role.Ta, Role.Instructor, true)]
    [InlineData(Role.Student, Role.Student, true)]
    public async Task Who_loses_a_role_signs_in_again_and_who_gains_one_goes_on(string before, string? after, bool goesOn)
    {
        await CourseAsync("c 1");
        var secret = await BeginAsync();
        await People.JoinAsync("c 1", "sam", before, Cancel);
        Assert.True(await Store.HoldsAsync(secret, Cancel));

        if (after is null) await People.LeaveAsync("c 1", "sam", Cancel);
        else await People.JoinAsync("c 1", "sam", after, Cancel);

        Assert.Equal(goesOn, await Store.HoldsAsync(secret, Cancel));
        // What has ended stays so, also when the role comes back.
        if (!goesOn) await People.JoinAsync("c 1", "sam", before, Cancel);
        Assert.Equal(goesOn, await Store.HoldsAsync(secret, Cancel));
    }

    [Fact]
    public async Task A_suspended_person_has_no_session_and_no_token_and_gets_none_until_let_in_again()
    {
        var secret = await BeginAsync();
        var tokens = new ApiTokenStore(ledger.Database, clock);
        var token = await tokens.IssueAsync("sam", "script", Cancel);

        await Accounts.SuspendAsync("sam", "a lost laptop", new Viewer("ada"), Cancel);

        Assert.False(await Store.HoldsAsync(secret, Cancel));
        Assert.Null(await tokens.FindPersonAsync(token.Secret, Cancel));
        Assert.Null(await Store.BeginAsync("sam", SessionWay.Entra, "Firefox", week, Cancel));
        Assert.Null(await tokens.TryIssueAsync("sam", "another", week, Cancel));
        Assert.Equal("a lost laptop", Assert.Single(await Accounts.SuspendedAsync(10, Cancel)).SuspendedWhy);

        await Accounts.LetInAsync("sam", new Viewer("ada"), Cancel);

        Assert.False(await Store.HoldsAsync(secret, Cancel));
        Assert.Null(await tokens.FindPersonAsync(token.Secret, Cancel));
        Assert.True(await Store.HoldsAsync(await BeginAsync(), Cancel));
    }

    [Fact]
    public async Task A_person_ends_their_own_sessions_and_nobody_elses()
    {
        var (here, there) = (await BeginAsync(), await BeginAsync());
        var strangers = await BeginAsync("stranger");
        var id = await Store.FindIdAsync(strangers, Cancel);

        Assert.False(await Store.RevokeAsync(id!, "sam", Cancel));
        Assert.Equal(1, await Store.RevokeOthersAsync((await Store.FindIdAsync(here, Cancel))!, "sam", Cancel));

        Assert.Equal((true, false, true), (await Store.HoldsAsync(here, Cancel), await Store.HoldsAsync(there, Cancel), await Store.HoldsAsync(strangers, Cancel)));
        Assert.True(await Store.RevokeAsync((await Store.FindIdAsync(here, Cancel))!, "sam", Cancel));
        Assert.False(await Store.HoldsAsync(here, Cancel));
    }

    [Fact]
    public async Task The_database_holds_no_secret_that_opens_a_session()
    {
        var secret = await BeginAsync();

        var row = await ledger.Database.QuerySingleOrDefaultAsync<string>("SELECT id || person_id || hash || way || browser || places FROM session", null, Cancel);

        Assert.DoesNotContain(secret, row, StringComparison.Ordinal);
        Assert.False(await Store.HoldsAsync(row![..43], Cancel));
    }

    [Fact]
    public async Task The_directory_is_asked_by_one_at_a_time_and_its_no_ends_sessions_until_the_next_sign_in()
    {
        var grants = new DirectoryGrants(ledger.Database, clock);
        var secret = await BeginAsync();
        await grants.KeepAsync("sam", "entra-t-o", "sealed", Cancel);
        var grant = (await grants.FindAsync("sam", Cancel))!;
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((true, false), (await grants.ClaimAsync("sam", grant, Cancel), await grants.ClaimAsync("sam", grant, Cancel)));
        await grants.RefuseAsync("sam", grant, Cancel);

        Assert.False(await Store.HoldsAsync(secret, Cancel));
        Assert.Equal("", (await grants.FindAsync("sam", Cancel))!.Secret);
        await grants.KeepAsync("sam", "entra-t-o", "sealed again", Cancel);
        Assert.Null((await grants.FindAsync("sam", Cancel))!.RefusedAt);
        // What was asked before the sign-in says nothing of the time after it.
        await grants.RefuseAsync("sam", grant, Cancel);
        Assert.Null((await grants.FindAsync("sam", Cancel))!.RefusedAt);
    }

    public void Dispose()
    {
        ledger.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<string> BeginAsync(string person = "sam")
    {
        await People.UpsertAsync(new Person { Id = person, Name = person }, Cancel);
        return (await Store.BeginAsync(person, SessionWay.Entra, "Firefox on Linux", week, Cancel))!;
    }

    private Task<int> CourseAsync(string id) => ledger.Database.ExecuteAsync("INSERT INTO course (id, name, term, created_at) VALUES (@id, @id, '', 0)", new { id }, Cancel);
}
