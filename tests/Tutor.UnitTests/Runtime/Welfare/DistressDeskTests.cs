using Dapper;
using Microsoft.Data.Sqlite;
using Tutor.Core.Interactions;
using Tutor.Core.People;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Data.Welfare;
using Tutor.Runtime.Hints;

namespace Tutor.UnitTests.Runtime.Welfare;

/// <summary>Whoever writes that they think of harming themselves reads the support text, whatever else is wrong.</summary>
public sealed class DistressDeskTests : IDisposable
{
    private const string Course = "intro-python";
    private const string Words = "I want to kill myself";
    private static readonly Viewer contact = new("wanda-welfare");
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-distress-");

    public void Dispose() => folder.Delete(recursive: true);

    public static TheoryData<string> Wrong => [.. requests.Keys];

    private static readonly Dictionary<string, Func<SubmitRequest, SubmitRequest>> requests = new()
    {
        ["nothing"] = request => request,
        ["no key"] = request => request with { ClientKey = null! },
        ["a long key"] = request => request with { ClientKey = new string('k', 5_000) },
        ["an unknown kind"] = request => request with { Kind = "bogus<script>" },
        ["no kind"] = request => request with { Kind = null! },
        ["no work"] = request => request with { Work = null! },
        ["twenty million characters of question"] = request => request with { Question = $"{Words} {new string('x', 20_000_000)}" },
        ["the words behind a million characters"] = request => request with { Question = $"{new string('x', 1_000_000)}. {Words}" },
        ["twenty million characters of file name"] = request => request with { FileName = new string('f', 20_000_000) },
        ["twenty million characters of work"] = request => request with { Work = new string('w', 20_000_000) },
        ["words in a long program"] = request => request with { Question = "", Work = $"{new string('\n', 300_000)}# {Words}" },
        ["half characters and zeros"] = request => request with { Question = $"\0\ud800{Words}\udc00", FileName = "\0\u0001\ud800" },
        ["pastes without number"] = request => request with { Pastes = [.. Enumerable.Repeat(new Paste(-1, false), 10_000)] },
        ["no pastes"] = request => request with { Pastes = null! },
        ["a course that is not theirs"] = request => request with { CourseId = "elsewhere" },
        ["no such exercise"] = request => request with { ExerciseId = "gone" },
        ["ids without end"] = request => request with { CourseId = new string('c', 100_000), ExerciseId = new string('\ud800', 100_000) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task The_support_text_comes_whatever_is_wrong_with_the_request(string wrong)
    {
        await using var host = await StartAsync();

        var answer = await host.Desk.SubmitAsync(requests[wrong](Request()), RuntimeHost.Student(Course), cancel);

        Assert.Contains("Please talk to someone today", Text(answer), StringComparison.Ordinal);
        var kept = await host.Database.QueryAsync<(string Question, string Work, string? FileName, string Kind, string Key)>(
            "SELECT i.question, s.body, s.file_name, i.kind, i.client_key FROM interaction i JOIN submission s ON s.id = i.submission_id", null, cancel);
        Assert.All(kept, row => Assert.True(
            row.Question.Length <= 4_000 && row.Work.Length <= 16_000 && (row.FileName?.Length ?? 0) <= 200 && row.Kind == "hint" && row.Key.Length is > 0 and <= 100));
        Assert.All(kept, row => Assert.Contains(Words, row.Question + row.Work, StringComparison.Ordinal));
        Assert.Equal(answer is SubmitResult.Accepted ? 1 : 0, kept.Count);
    }

    [Fact]
    public async Task A_quota_that_is_spent_and_a_rate_that_is_too_high_keep_no_message_back()
    {
        await using var host = await StartAsync(("Runtime:AskBurst", "1"), ("Runtime:AsksPerMinute", "1"), ("Runtime:CourseAskBurst", "1"), ("Runtime:CourseAsksPerMinute", "1"));
        await host.Database.ExecuteAsync("UPDATE quota SET used = 1000", null, cancel);

        var answers = new List<SubmitResult>();
        for (var number = 0; number < 30; number++)
            answers.Add(await host.Desk.SubmitAsync(Request() with { ClientKey = $"key {number}" }, RuntimeHost.Student(Course), cancel));

        Assert.All(answers, answer => Assert.NotEmpty(Text(answer)));
        Assert.Equal(3, answers.OfType<SubmitResult.Accepted>().Count());
        Assert.Equal(27, (await ListAsync(host)).Entries[0].Notices.Sum(notice => notice.More));
        Assert.Equal(0, await host.Database.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM quota", null, cancel));
    }

    [Fact]
    public async Task A_locked_database_delays_the_text_by_seconds_and_has_the_message_when_it_is_free_again()
    {
        await using var host = await StartAsync();
        SubmitResult answer;
        var began = TimeProvider.System.GetTimestamp();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "data", "tutor.db")}"))
        {
            await other.OpenAsync(cancel);
            await other.ExecuteAsync("BEGIN IMMEDIATE");
            answer = await host.Desk.SubmitAsync(Request(), RuntimeHost.Student(Course), cancel);
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
            await other.ExecuteAsync("ROLLBACK");
        }

        Assert.NotEmpty(Assert.IsType<SubmitResult.Supported>(answer).Text);
        await RuntimeHost.UntilAsync(async () => (await ListAsync(host)).Students == 1, cancel);
    }

    [Fact]
    public async Task A_database_that_is_not_there_at_all_keeps_no_text_back()
    {
        await using var host = await StartAsync();
        foreach (var table in new[] { "membership", "submission", "course", "welfare_notice" })
            await host.Database.ExecuteAsync($"ALTER TABLE {table} RENAME TO {table}_away", null, cancel);

        var answer = await host.Desk.SubmitAsync(Request(), RuntimeHost.Student(Course), cancel);

        Assert.NotEmpty(Assert.IsType<SubmitResult.Supported>(answer).Text);
    }

    [Fact]
    public async Task The_contacts_pages_are_told_and_nobody_is_told_of_another_request()
    {
        await using var host = await StartAsync();
        var told = new List<string>();
        ((WelfareFeed)host.Services.GetService(typeof(WelfareFeed))!).Changed += told.Add;

        await host.EndOfAsync(await host.AskAsync(Course, cancel), RuntimeHost.Student(Course), cancel);
        Assert.Empty(told);
        await host.Desk.SubmitAsync(Request() with { ClientKey = "second" }, RuntimeHost.Student(Course), cancel);

        Assert.Equal([Course], told);
    }

    private static SubmitRequest Request() => new()
    {
        ClientKey = "key", CourseId = Course, ExerciseId = "average", Work = "def average(n):\n    return 1\n", Question = Words,
    };

    private static string Text(SubmitResult answer) => answer switch
    {
        SubmitResult.Supported supported => supported.Text,
        SubmitResult.Accepted accepted => accepted.Support ?? "",
        _ => $"{answer}",
    };

    private Task<WelfareEntries> ListAsync(RuntimeHost host) =>
        ((WelfareStore)host.Services.GetService(typeof(WelfareStore))!).ListAsync(Course, contact, 0, 20, cancel);

    private async Task<RuntimeHost> StartAsync(params (string, string)[] settings)
    {
        var host = await RuntimeHost.StartAsync(folder, new ScriptedWork(), cancel, settings);
        await host.AddCourseAsync(Course, students: 1, cancel);
        var people = (PersonStore)host.Services.GetService(typeof(PersonStore))!;
        await people.UpsertAsync(new Person { Id = contact.PersonId, Name = "Wanda" }, cancel);
        await people.JoinAsync(Course, contact.PersonId, Role.Welfare, cancel);
        return host;
    }
}
