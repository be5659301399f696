using System.Diagnostics;
using Tutor.Core.People;
using Tutor.Web.SignIn.Sessions;

namespace Tutor.WebTests.Access;

/// <summary>Eight kinds of people, each with a page, a circuit, the API and a stream open when their session and their token end: all four are shut in time.</summary>
[Collection(WatchfulPortal.All)]
public sealed class SessionMatrixTests(WatchfulPortal fixture, ITestOutputHelper output)
{
    private const string Writing = "academic-writing";

    // What they are, in which course; the operator teaches besides.
    private static readonly (string Name, string Course, string Role)[] kinds =
    [
        ("Student", Writing, Role.Student), ("Classmate", Writing, Role.Student), ("Assistant", Writing, Role.Ta), ("Instructor", Writing, Role.Instructor),
        ("Contact", Writing, Role.Welfare), ("Second assistant", Writing, Role.Ta), ("Second instructor", Writing, Role.Instructor), ("Second contact", Writing, Role.Welfare),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ways => Ending.All;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Everything_that_was_open_is_shut_soon_after_the_end(string way)
    {
        var people = new List<SessionPerson>();
        try
        {
            foreach (var (name, course, role) in kinds) people.Add(await SessionPerson.ComeAsync(fixture.Entra, name, course, role, Cancel));
            await Task.WhenAll(people.Select(person => person.OpenAsync(Cancel)));
            using var database = fixture.Entra.Portal.OpenDatabase();

            var from = Stopwatch.GetTimestamp();
            foreach (var person in people) await Ending.OfAsync(way, person, database, Cancel);
            while (await OpenDoorsAsync(people) is { Count: > 0 } open)
            {
                // The bound is the settings'; the rest is for a machine that runs other tests meanwhile.
                Assert.True(Stopwatch.GetElapsedTime(from) < fixture.Sessions.Noticed + TimeSpan.FromSeconds(15), $"Still open: {string.Join(", ", open)}");
                await Task.Delay(200, Cancel);
            }

            output.WriteLine($"{way}: all shut after {Stopwatch.GetElapsedTime(from).TotalSeconds:0.0} s");
            foreach (var person in people) await person.AssertShutAsync(Cancel);
        }
        finally
        {
            foreach (var person in people) await person.DisposeAsync();
        }
    }

    [Fact]
    public void By_default_every_end_is_noticed_within_a_minute()
    {
        Assert.True(new SignInSessionOptions().Noticed < TimeSpan.FromSeconds(60));
        Assert.InRange(new SignInSessionOptions().Days, 1, 7);
    }

    private static async Task<List<string>> OpenDoorsAsync(IEnumerable<SessionPerson> people)
    {
        var open = new List<string>();
        foreach (var (person, index) in people.Select((person, index) => (person, index)))
            await foreach (var door in person.OpenDoorsAsync($"{kinds[index].Name}: ", Cancel))
                open.Add(door);
        return open;
    }
}
