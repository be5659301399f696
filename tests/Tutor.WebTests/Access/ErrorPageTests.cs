using System.Net;
using Tutor.Web;
using Tutor.WebTests.SignIn.Provider;

namespace Tutor.WebTests.Access;

[Collection(WatchfulPortal.All)]
public sealed class ErrorPageTests(WatchfulPortal fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_fails_somebody_signed_in_reads_a_page_that_says_so_under_the_usual_headers_and_stays_signed_in()
    {
        fixture.Entra.Provider.Visitor = new Visitor(Guid.NewGuid().ToString(), "Erin Error", "erin@uni.example.edu");
        using var browser = fixture.Entra.Open();
        await browser.VisitAsync("/profile", Cancel);
        using var database = fixture.Entra.Portal.OpenDatabase();
        await database.ExecuteAsync("ALTER TABLE membership RENAME TO membership_away", null, Cancel);
        try
        {
            // Longer than a session is trusted without a look.
            await Task.Delay(1500, Cancel);
            using var answer = await browser.AskAsync("/", Cancel);

            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.Contains("Something went wrong", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            Assert.Equal(PortalHeaders.ContentSecurityPolicy, answer.Headers.GetValues("Content-Security-Policy").Single());
        }
        finally
        {
            await database.ExecuteAsync("ALTER TABLE membership_away RENAME TO membership", null, Cancel);
        }
        using var after = await browser.AskAsync("/profile", Cancel);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }
}
