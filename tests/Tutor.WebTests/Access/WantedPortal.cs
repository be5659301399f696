using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tutor.Core.Courses;
using Tutor.Core.Flags;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.People;
using Tutor.Data;
using Tutor.Data.Courses;
using Tutor.Data.Escalations;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Data.Sessions;
using Tutor.Web.SignIn;
using Tutor.Web.SignIn.Sessions;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Access;

/// <summary>The whole portal inside this process, with a course whose every text has a mark in it.</summary>
internal sealed class WantedPortal : WebApplicationFactory<Tutor.Web.App>
{
    /// <summary>Stands in every name and text of the wanted course.</summary>
    public const string Mark = "Goldfinch";

    private readonly string folder = Directory.CreateTempSubdirectory("tutor-access-").FullName;
    private readonly Dictionary<Who, string> cookies = [], tokens = [];

    public WantedRows Rows { get; private set; } = new("", "", "", "");
    public Database Database => Services.GetRequiredService<Database>();

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment("Development").UseContentRoot(Repository.Root).UseSetting("Database:Path", Path.Combine(folder, "tutor.db"))
        .UseSetting("Logging:LogLevel:Default", "Warning").UseSetting("Courses:Path", Directory.CreateDirectory(Path.Combine(folder, "courses")).FullName);

    public async Task SeedAsync(CancellationToken cancel)
    {
        foreach (var (id, mark) in new[] { (Who.Wanted, Mark), (Who.Elsewhere, "Blackbird") })
            await Services.GetRequiredService<CourseStore>().ImportAsync(Pack(id, mark), cancel);
        foreach (var who in Who.SignedIn)
            await SignInAsync(who, cancel);
        var first = await AskAsync(finish: true, cancel);
        var escalation = await Services.GetRequiredService<EscalationStore>().AskAsync(first, new Viewer(Who.Author.Id), Mark, cancel);
        Rows = new WantedRows(
            first, await AskAsync(finish: false, cancel), escalation!.Id,
            (await Database.QueryAsync<string>("SELECT id FROM flag WHERE interaction_id = @first", new { first }, cancel))[0]);
    }

    /// <summary>Sends a request as a person: with their cookie, their token and, where there is a form, what the portal's own page would add.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpClient http, EndpointRow row, string method, Who who, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), row.AddressIn(Rows));
        var sent = cookies.TryGetValue(who, out var cookie) ? $"tutor={cookie}" : "";
        if (tokens.TryGetValue(who, out var token)) request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Origin", "http://localhost");
        if (row.Json is not null) request.Content = new StringContent(row.Json, System.Text.Encoding.UTF8, "application/json");
        if (row.Form is not null)
        {
            using var scope = Services.CreateScope();
            var form = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetTokens(new DefaultHttpContext
            {
                RequestServices = scope.ServiceProvider, User = who == Who.Nobody ? new ClaimsPrincipal(new ClaimsIdentity()) : Principal(who),
            });
            sent += $"; {scope.ServiceProvider.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name}={form.CookieToken}";
            request.Content = new FormUrlEncodedContent(
                [.. row.Form.Split('\n').Select(line => line.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1])), KeyValuePair.Create(form.FormFieldName, form.RequestToken!)]);
        }
        if (sent.Length > 0) request.Headers.Add("Cookie", sent);
        return await http.SendAsync(request, cancel);
    }

    public System.Net.Http.Headers.AuthenticationHeaderValue TokenOf(Who who) => new("Bearer", tokens[who]);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private async Task SignInAsync(Who who, CancellationToken cancel)
    {
        var people = Services.GetRequiredService<PersonStore>();
        await people.UpsertAsync(new Person { Id = who.Id, Name = who.Course == Who.Wanted ? $"{Mark} {who.Id}" : who.Id }, cancel);
        if (who.Course is not null) await people.JoinAsync(who.Course, who.Id, who.Role!, cancel);
        tokens[who] = (await Services.GetRequiredService<ApiTokenStore>().IssueAsync(who.Id, "matrix", cancel)).Secret;
        using var scope = Services.CreateScope();
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        cookies[who] = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme)
            .TicketDataFormat.Protect(new AuthenticationTicket(
                (await Services.GetRequiredService<SignInSessions>().BeginAsync(request, who.Id, who.Id, SessionWay.Development))!,
                CookieAuthenticationDefaults.AuthenticationScheme));
    }

    private static ClaimsPrincipal Principal(Who who) => SignedInPerson.Principal(who.Id, who.Id, CookieAuthenticationDefaults.AuthenticationScheme);

    // An attempt that belongs to another node and is far from its end: nobody takes it up while the matrix runs.
    private async Task<string> AskAsync(bool finish, CancellationToken cancel)
    {
        var ledger = Services.GetRequiredService<Ledger>();
        var asked = await ledger.SubmitAsync(new NewInteraction
        {
            ClientKey = Guid.NewGuid().ToString(), StudentId = Who.Author.Id, CourseId = Who.Wanted, CourseVersionId = "v", ExerciseId = "first-exercise",
            Kind = InteractionKind.Hint, Level = HintLevel.Nudge, Work = Mark, Question = Mark,
        }, 40, cancel);
        var id = Assert.IsType<SubmitResult.Accepted>(asked).InteractionId;
        var attempt = Assert.NotNull(await ledger.ClaimAsync(id, 0, "another-node", TimeSpan.FromHours(1), cancel));
        if (finish)
            Assert.True(await ledger.FinishAsync(new FinishedAttempt(id, attempt, new HintOutcome
            {
                State = InteractionState.Done, Answer = Mark, Writer = HintWriter.Ladder, Level = HintLevel.Nudge, WriterReason = "", Evidence = new() { State = Tutor.Core.Evidence.EvidenceState.Off },
                Flags = [new FlagFinding("injection", "give-me", 1, FlagSeverity.Review, "question", 0, Mark, Mark)],
            }, [], null), cancel));
        return id;
    }

    private static CoursePack Pack(string id, string mark) => new()
    {
        Id = id, Name = $"Course of the {mark}", Term = "Spring 2027", Prompt = mark,
        Exercises = [new Exercise
        {
            Id = "first-exercise", Title = $"Exercise of the {mark}", Kind = ExerciseKind.Code, Language = "python", Task = mark, Starter = "",
            Tests = new TestSuite { Cases = [new TestCase { Id = "one", Call = "f()", Expected = "1", Public = true }] },
            Ladder = new HintLadder { Otherwise = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = mark } },
        }],
    };
}
