using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Tutor.Tests.Shared;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.HostCampaign;

/// <summary>A portal as a process of its own, and one model host that behaves in another way for each request.</summary>
/// <remarks><c>bash tests/hosts.sh</c> plays it and keeps the table in tests/results/hosts.md; a usual test run skips it.</remarks>
[Trait("Database", "own")]
public sealed partial class HostCampaign(ITestOutputHelper output)
{
    private const int AnswerSeconds = 6;
    // Beside the model there are the portal's own steps, on a machine that does other things as well.
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(AnswerSeconds + 6);
    private const long MostMemory = 400;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_a_host_does_every_request_ends_in_a_hint_in_time_and_the_page_says_what_the_host_did()
    {
        var file = Environment.GetEnvironmentVariable("TUTOR_HOSTS_TABLE");
        Assert.SkipWhen(string.IsNullOrEmpty(file), "The campaign is played by tests/hosts.sh.");
        await using var elsewhere = await RawModelHost.SendingAsync(RawModelHost.Stream(["Stolen."]));
        var behaviours = Behaviours.All(new Uri($"{elsewhere.Url}/chat/completions"));
        var now = behaviours[0];
        await using var host = await RawModelHost.StartAsync((context, body) => now.Chat(context, body), context => now.Models is { } models ? models(context) : RawModelHost.SendAsync(context, """{"data":[{"id":"m"}]}""", "application/json"));
        await using var portal = await PortalProcess.StartAsync(Cancel, Settings(host.Url));
        using var operators = (await HttpVisitor.SignInAsync(portal.Address, "tess-ta", Cancel)).Http;
        // Several, since one person may not ask that fast.
        using var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel);
        using var robin = await ApiClient.SignInAsync(portal, "robin-student", Cancel);
        using var alex = await ApiClient.SignInAsync(portal, "alex-student", Cancel);
        ApiClient[] students = [sam, robin, alex];
        var rows = new List<Row>();

        for (var i = 0; i < behaviours.Count; i++)
        {
            now = behaviours[i];
            var student = students[i % students.Length];
            rows.Add(await PlayAsync(now, student, operators, portal, $"b{i}"));
            output.WriteLine(rows[^1].ToString());
            if (now.Writer == "model" && rows[^1].Page.Contains("Works", StringComparison.Ordinal)) continue;
            // Good again, so that each behaviour meets a host that is asked.
            now = behaviours[0];
            await UntilAskedAsync(student, operators, $"g{i}");
        }

        await File.WriteAllTextAsync(Path.Combine(Repository.Root, file!), Table(rows), Cancel);
        Assert.Empty(rows.Where(row => row.Wrong.Length > 0).Select(row => $"{row.Name}: {row.Wrong}"));
        Assert.Equal(0, elsewhere.Calls + elsewhere.Elsewhere.Count);
        Assert.True(rows.Count >= 40);
        Assert.DoesNotContain("zebrafish", portal.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<Row> PlayAsync(Behaviour behaviour, ApiClient student, HttpClient operators, PortalProcess portal, string key)
    {
        var before = await PageAsync(operators);
        var watch = Stopwatch.StartNew();
        var answer = await AskAsync(student, key);
        var took = watch.Elapsed;
        // The nodes tell of their hosts every two seconds.
        var page = await PageAsync(operators);
        for (var wait = 0; wait < 40 && (page.Count == before.Count || !page.Text.Contains(behaviour.Page, StringComparison.Ordinal)); wait++)
        {
            await Task.Delay(200, Cancel);
            page = await PageAsync(operators);
        }
        var wrong = new List<string>();
        if ((answer.State, answer.Writer) != ("done", behaviour.Writer)) wrong.Add($"{answer.State} by {answer.Writer}");
        if (answer.Answer.Length == 0) wrong.Add("no hint");
        if (behaviour.Answer is { } expected && answer.Answer.Trim() != expected) wrong.Add($"\"{answer.Answer}\"");
        if (took > limit) wrong.Add("too late");
        if (!page.Text.Contains(behaviour.Page, StringComparison.Ordinal)) wrong.Add($"the page says \"{page.Text}\"");
        if (page.Count == before.Count && behaviour.Models is null) wrong.Add("the page counts nothing");
        var memory = Memory(portal.Id);
        if (memory > MostMemory) wrong.Add($"{memory} MB");
        return new(behaviour.Name, answer.Writer ?? "", answer.Answer.Length, took, memory, page.Text, string.Join("; ", wrong));
    }

    // A ladder's hint while the host is left alone costs nothing and is not played.
    private static async Task UntilAskedAsync(ApiClient student, HttpClient operators, string key)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if ((await AskAsync(student, $"{key}-{attempt}")).Writer == "model") return;
            // Not faster than one person may ask.
            await Task.Delay(3000, Cancel);
        }
        Assert.Fail($"The host is not asked any more: {(await PageAsync(operators)).Text}");
    }

    private static Task<InteractionView> AskAsync(ApiClient student, string key) => student.AskAsync(
        "academic-writing", "thesis-paragraph", new HintBody { ClientKey = key, Work = $"Homework about zebrafish is perhaps useful, {key}.", Question = "Is it clear?" }, Cancel);

    private static async Task<(string Text, long Count)> PageAsync(HttpClient operators)
    {
        var page = await operators.GetStringAsync(new Uri("model-hosts", UriKind.Relative), Cancel);
        string Cell(string label) => WebUtility.HtmlDecode(Tag().Replace(Regex.Match(page, $"""data-label="{label}"[^>]*>(.*?)</td>""", RegexOptions.Singleline).Groups[1].Value, " ")).Trim();
        var counts = new[] { Cell("Answers"), Cell("Failures") }.Sum(text => long.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0);
        return (Blank().Replace(Cell("State"), " "), counts);
    }

    // Of the process, the most it ever had: a peak between two looks counts as well.
    private static long Memory(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    private static Dictionary<string, string> Settings(Uri host)
    {
        var courses = Directory.CreateTempSubdirectory("tutor-courses-").FullName;
        foreach (var source in Directory.EnumerateFiles(Path.Combine(Repository.Root, "courses", "academic-writing"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(courses, Path.GetRelativePath(Path.Combine(Repository.Root, "courses"), source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, File.ReadAllText(source).Replace("hints-per-day: 20", "hints-per-day: 1000", StringComparison.Ordinal));
        }
        return new(PortalSettings.Courses(courses))
        {
            ["ModelHosts:Hosts:0:Name"] = "gpu", ["ModelHosts:Hosts:0:Url"] = host.ToString(), ["ModelHosts:Hosts:0:Slots"] = "2", ["ModelHosts:FirstTokenSeconds"] = "3",
            ["ModelHosts:InterTokenSeconds"] = "1", ["ModelHosts:AnswerSeconds"] = AnswerSeconds.ToString(CultureInfo.InvariantCulture), ["ModelHosts:BreakSeconds"] = "1",
            ["ModelHosts:HealthPollSeconds"] = "1", ["Operators:People:0"] = "tess-ta",
        };
    }

    private static string Table(List<Row> rows)
    {
        var text = new StringBuilder(
            $"""
            # Model hosts that misbehave

            `bash tests/hosts.sh`: a portal as a process of its own, one model host, {rows.Count} behaviours of it, one request each. The limits are short: 3 s for the
            first text, 1 s between two pieces, {AnswerSeconds} s for an answer. The memory is the most that the portal ever had until then, in MB; {MostMemory} are allowed.
            What the page "Model hosts" says is as it stands there a moment later. Right: the hint was there within {limit.TotalSeconds:0} s, by the right writer, and the page says what the host did.

            | the host | hint by | characters | took | memory | page | right |
            |---|---|---|---|---|---|---|

            """);
        foreach (var row in rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Writer} | {row.Characters} | {row.Took.TotalSeconds:0.0} s | {row.Memory} | {row.Page} | {(row.Wrong.Length == 0 ? "yes" : row.Wrong)} |");
        return text.ToString();
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    private sealed record Row(string Name, string Writer, int Characters, TimeSpan Took, long Memory, string Page, string Wrong);
}
