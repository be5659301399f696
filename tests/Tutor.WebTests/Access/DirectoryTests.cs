using System.Net;
using Tutor.Data.Audit;
using Tutor.Data.People;
using Tutor.Data.Sessions;
using Tutor.WebTests.SignIn.Provider;

namespace Tutor.WebTests.Access;

/// <summary>What changes in the directory while people are here.</summary>
[Collection(WatchfulPortal.All)]
public sealed class DirectoryTests(WatchfulPortal fixture)
{
    private const string Queue = "/courses/intro-python/escalations";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OpenIdProvider Provider => fixture.Entra.Provider;

    [Fact]
    public async Task A_role_that_the_directory_takes_away_is_gone_without_a_new_sign_in()
    {
        var theo = new Visitor(Guid.NewGuid().ToString(), "Theo Assistant", "theo@uni.example.edu", "Python.Assistants");
        using var browser = await ComeAsync(theo);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, Queue));

        Provider.Changed[theo.ObjectId] = Provider.Visitor = theo with { Roles = ["Python.Students"] };

        await UntilAsync(async () => await StatusAsync(browser, Queue) == HttpStatusCode.Redirect);
        Assert.Equal(HttpStatusCode.OK, (await browser.VisitAsync("/courses/intro-python", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, Queue));
    }

    [Fact]
    public async Task A_directory_that_does_not_answer_sends_nobody_away()
    {
        using var browser = await ComeAsync(new Visitor(Guid.NewGuid().ToString(), "Ada Away", "ada@uni.example.edu"));
        Provider.Answers = false;
        try
        {
            var asked = Provider.Refreshes;
            await UntilAsync(async () => await StatusAsync(browser, "/profile") == HttpStatusCode.OK && Provider.Refreshes >= asked + 2);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/profile"));
        }
        finally
        {
            Provider.Answers = true;
        }
    }

    [Fact]
    public async Task A_token_rests_while_the_directory_does_not_vouch_and_works_again_after_the_next_sign_in()
    {
        var nora = new Visitor(Guid.NewGuid().ToString(), "Nora Nightly", $"nora-{Guid.NewGuid():N}@uni.example.edu");
        using var browser = await ComeAsync(nora);
        using var database = fixture.Entra.Portal.OpenDatabase();
        var token = await new ApiTokenStore(database, TimeProvider.System).IssueAsync(await IdAsync(nora), "nightly", Cancel);
        using var api = new HttpClient(fixture.Entra.Authority.Handler()) { BaseAddress = fixture.Entra.Portal.Address, DefaultRequestHeaders = { Authorization = new("Bearer", token.Secret) } };
        async Task<HttpStatusCode> CallAsync()
        {
            using var answer = await api.GetAsync("/api/v1/courses", Cancel);
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.OK, await CallAsync());

        // Nobody opens a page meanwhile: the calls themselves make the portal ask.
        Provider.Changed[nora.ObjectId] = null;
        await UntilAsync(async () => await CallAsync() == HttpStatusCode.Unauthorized);
        Provider.Changed.TryRemove(nora.ObjectId, out _);
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync());

        Provider.Visitor = nora;
        // Until then the page trusts what it read a second ago, and nobody is asked to sign in.
        await UntilAsync(async () => await StatusAsync(browser, "/profile") == HttpStatusCode.Redirect);
        Assert.Equal(HttpStatusCode.OK, (await browser.VisitAsync("/profile", Cancel)).Status);
        Assert.Equal(HttpStatusCode.OK, await CallAsync());
    }

    [Fact]
    public async Task A_suspended_person_is_told_so_at_the_door_and_comes_in_when_let_in_again()
    {
        var sue = new Visitor(Guid.NewGuid().ToString(), "Sue Suspended", $"sue-{Guid.NewGuid():N}@uni.example.edu");
        using var browser = await ComeAsync(sue);
        using var database = fixture.Entra.Portal.OpenDatabase();
        var accounts = new AccountStore(database, new AuditLog(database, TimeProvider.System), TimeProvider.System);
        await accounts.SuspendAsync(await IdAsync(sue), "a lost laptop", new Viewer("operator"), Cancel);

        await UntilAsync(async () => await StatusAsync(browser, "/profile") == HttpStatusCode.Redirect);
        var landing = await browser.VisitAsync("/profile", Cancel);
        Assert.Equal("/sign-in/refused", landing.Address.AbsolutePath);
        Assert.Contains("Your account is suspended", landing.Page, StringComparison.Ordinal);
        Assert.False(browser.IsSignedIn);

        await accounts.LetInAsync(await IdAsync(sue), new Viewer("operator"), Cancel);
        Assert.Equal("/profile", (await browser.VisitAsync("/profile", Cancel)).Address.AbsolutePath);
    }

    [Fact]
    public async Task Signing_in_again_in_the_same_browser_leaves_one_session_there()
    {
        var bea = new Visitor(Guid.NewGuid().ToString(), "Bea Again", $"bea-{Guid.NewGuid():N}@uni.example.edu");
        using var browser = await ComeAsync(bea);
        using var database = fixture.Entra.Portal.OpenDatabase();

        await browser.VisitAsync("/sign-in/entra?returnUrl=/profile", Cancel);

        Assert.Single(await new SessionStore(database, TimeProvider.System).ListAsync(await IdAsync(bea), Cancel));
    }

    private async Task<SignInClient> ComeAsync(Visitor visitor)
    {
        Provider.Visitor = visitor;
        var browser = fixture.Entra.Open();
        Assert.Equal(HttpStatusCode.OK, (await browser.VisitAsync("/profile", Cancel)).Status);
        return browser;
    }

    private async Task<string> IdAsync(Visitor visitor)
    {
        using var database = fixture.Entra.Portal.OpenDatabase();
        return (await database.QuerySingleOrDefaultAsync<string>("SELECT id FROM person WHERE login = @Login", visitor, Cancel))!;
    }

    private static async Task<HttpStatusCode> StatusAsync(SignInClient browser, string address)
    {
        using var answer = await browser.AskAsync(address, Cancel);
        return answer.StatusCode;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; !await condition(); i++)
        {
            Assert.True(i < 150, "It did not come to pass.");
            await Task.Delay(100, Cancel);
        }
    }
}
