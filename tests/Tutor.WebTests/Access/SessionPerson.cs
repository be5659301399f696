using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Tutor.Core.People;
using Tutor.Data;
using Tutor.Data.People;
using Tutor.Web.Api;
using Tutor.WebTests.Load;
using Tutor.WebTests.SignIn.Provider;

namespace Tutor.WebTests.Access;

/// <summary>Somebody who came by the directory and has everything open at once: a page, a circuit, the API and the stream of a hint.</summary>
internal sealed class SessionPerson : IAsyncDisposable
{
    private readonly EntraPortal entra;
    private HeadlessCircuit circuit = null!;
    private HttpClient api = null!;
    private Task stream = Task.CompletedTask;

    private SessionPerson(EntraPortal entra, string objectId, string course) => (this.entra, ObjectId, Course, Browser) = (entra, objectId, course, entra.Open());

    public string Id { get; private set; } = "";
    public string ObjectId { get; }
    public string Course { get; }
    public SignInClient Browser { get; private set; }
    public IssuedToken Token { get; private set; } = null!;
    public OpenIdProvider Directory => entra.Provider;

    private string Front => $"/courses/{Course}";

    public static async Task<SessionPerson> ComeAsync(EntraPortal entra, string name, string course, string role, CancellationToken cancel)
    {
        var person = new SessionPerson(entra, Guid.NewGuid().ToString(), course);
        entra.Provider.Visitor = new Visitor(person.ObjectId, name, $"{person.ObjectId}@uni.example.edu");
        using (var first = entra.Open()) await first.VisitAsync("/profile", cancel);
        using var database = entra.Portal.OpenDatabase();
        person.Id = (await database.QuerySingleOrDefaultAsync<string>("SELECT id FROM person WHERE login = @login", new { login = $"{person.ObjectId}@uni.example.edu" }, cancel))!;
        await new PersonStore(database, TimeProvider.System).JoinAsync(course, person.Id, role, cancel);
        await person.Browser.VisitAsync("/profile", cancel);
        person.Token = await new ApiTokenStore(database, TimeProvider.System).IssueAsync(person.Id, "matrix", cancel);
        return person;
    }

    /// <summary>Opens everything, and sees that it works.</summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        api = new HttpClient(entra.Authority.Handler()) { BaseAddress = entra.Portal.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token.Secret) } };
        using var asked = await api.PostAsJsonAsync($"/api/v1{Front}/exercises/thesis-paragraph/interactions",
            new HintBody { ClientKey = "k", Work = "Case 1: It is often said that homework is perhaps useful." }, cancel);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        interaction = (await asked.Content.ReadFromJsonAsync<InteractionView>(cancel))!.Id;
        stream = ReadToEndAsync(await api.GetStreamAsync($"/api/v1/interactions/{interaction}/stream", cancel), cancel);
        using var pages = new HttpClient(entra.Authority.Handler(Browser.Cookies));
        circuit = await HeadlessCircuit.OpenAsync(entra.Portal.Address, Front[1..], Browser.Cookies, pages, cancel, options =>
        {
            options.HttpMessageHandlerFactory = _ => entra.Authority.Handler(Browser.Cookies);
            options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = (_, given, _, _) =>
                given is not null && given.GetRawCertData().AsSpan().SequenceEqual(entra.Authority.Certificate.RawData);
        });
        await WaitAsync(() => Task.FromResult(circuit.HasShown("thesis")), "the circuit shows the course", cancel);
        Assert.Equal([], await OpenDoorsAsync("", cancel).Where(door => door is null).ToListAsync(cancel));
        Assert.Equal(4, await OpenDoorsAsync("", cancel).CountAsync(cancel));
    }

    /// <summary>Ways in that are still open.</summary>
    public async IAsyncEnumerable<string> OpenDoorsAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        using (var page = await Browser.AskAsync(Front, cancel))
            if (page.StatusCode == HttpStatusCode.OK) yield return prefix + "page";
        if (circuit.SentTo is null) yield return prefix + "circuit";
        using (var call = await api.GetAsync($"/api/v1{Front}/exercises", cancel))
            if (call.StatusCode == HttpStatusCode.OK) yield return prefix + "API";
        if (!stream.IsCompleted) yield return prefix + "stream";
    }

    /// <summary>The circuit was sent to the sign-in and shows nothing of the course any more; nothing can be opened anew.</summary>
    public async Task AssertShutAsync(CancellationToken cancel)
    {
        Assert.Contains("sign-in", circuit.SentTo, StringComparison.Ordinal);
        circuit.ForgetShown();
        await circuit.GoToAsync(new Uri(entra.Portal.Address, Front + "/requests"), cancel);
        Assert.False(circuit.HasShown("thesis"));
        using var again = await api.GetAsync($"/api/v1/interactions/{interaction}/stream", HttpCompletionOption.ResponseHeadersRead, cancel);
        Assert.Contains(again.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.NotFound });
        using var page = await Browser.AskAsync("/profile", cancel);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (circuit is not null) await circuit.DisposeAsync();
        api?.Dispose();
        Browser.Dispose();
    }

    private string interaction = "";

    private static async Task ReadToEndAsync(Stream events, CancellationToken cancel)
    {
        await using (events) await events.CopyToAsync(Stream.Null, cancel);
    }

    private static async Task WaitAsync(Func<Task<bool>> condition, string what, CancellationToken cancel)
    {
        for (var i = 0; !await condition(); i++)
        {
            Assert.True(i < 200, $"It never came to this: {what}.");
            await Task.Delay(50, cancel);
        }
    }
}
