using System.Diagnostics;
using System.Text.RegularExpressions;
using Tutor.Core.Privacy;
using Tutor.Data;
using Tutor.Data.Audit;
using Tutor.Data.Limits;
using Tutor.Data.People;
using Tutor.Data.Privacy;
using Tutor.Tests.Shared.Postgres;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Operations;

/// <summary>What an operator types instead of starting the portal, as processes on databases a portal has written.</summary>
[Trait("Database", "own")]
public sealed partial class OperatorCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_audit_log_is_checked_and_a_row_taken_away_at_the_end_is_missed()
    {
        var file = await UsedPortalAsync();
        using var database = new Database(file);
        var verified = await RunAsync("audit", "verify", file);
        Assert.Equal(0, verified.Code);
        var noted = verified.Output.Split('\n')[0];
        Assert.Matches(Mark(), noted);
        Assert.Equal(0, (await RunAsync("audit", "verify", file, noted)).Code);
        Assert.Equal(0, (await RunAsync("audit", "verify", file, $"3 rows, unbroken: {noted}\n")).Code);

        await database.ExecuteAsync("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)", null, Cancel);
        var later = await RunAsync("audit", "verify", file, noted);

        Assert.Equal((1, $"Row {noted} is not in the log any more: rows at the end were taken away or replaced.\n"), later);
    }

    [Fact]
    public async Task A_portal_moved_to_PostgreSQL_goes_on_there_and_is_not_moved_over_another()
    {
        var file = await UsedPortalAsync();
        var url = PostgresServer.Shared.CreateDatabase(migrated: false);

        var moved = await RunAsync("move", file, url);
        var again = await RunAsync("move", file, url);

        Assert.Equal(0, moved.Code);
        Assert.EndsWith("Every table reads the same on both sides. Start the portal with Database:Url.\n", moved.Output, StringComparison.Ordinal);
        Assert.Equal(1, again.Code);
        Assert.Contains("holds data already. Make an empty database", again.Output, StringComparison.Ordinal);
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string> { ["Database:Url"] = url });
        using var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel);
        using var database = portal.OpenDatabase();
        Assert.Equal("done", (await AskAsync(sam, "second")).State);
        Assert.Equal(2, await database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM interaction WHERE state = 'done'", null, Cancel));
    }

    [Theory]
    [InlineData(0, "<database> is Database:Url", "--help")]
    [InlineData(2, "<database> is Database:Url", "backup")]
    [InlineData(2, "<database> is Database:Url", "audit")]
    [InlineData(2, "<database> is Database:Url", "move", "data/tutor.db")]
    [InlineData(1, "There is no database /nowhere/tutor.db.", "audit", "verify", "/nowhere/tutor.db")]
    [InlineData(1, "Database:Url needs a host and a database", "audit", "verify", "postgres://")]
    public async Task A_command_that_cannot_be_carried_out_says_why(int code, string words, params string[] arguments)
    {
        var (answered, output) = await RunAsync(arguments);

        Assert.Equal(code, answered);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no database at all, only words of some length to fill a header with, and then more of them until it is long enough", "is not a SQLite database")]
    [InlineData(null, "is a folder")]
    public async Task A_portal_that_cannot_work_on_its_database_ends_in_one_sentence(string? content, string words)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("tutor-test-").FullName, "tutor.db");
        if (content is null) Directory.CreateDirectory(file);
        else await File.WriteAllTextAsync(file, content, Cancel);

        var (code, output) = await RunAsync("--Database:Path", file, "--Database:Url", "", "--environment", "Development", "--contentRoot", Repository.Root, "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains($"{file} {words}", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        if (content is not null) Assert.Equal(content, await File.ReadAllTextAsync(file, Cancel));
    }

    [Theory]
    [InlineData("TimeZone", "Europe/Belrin", "TimeZone: 'Europe/Belrin' is no time zone. Did you mean 'Europe/Berlin'?")]
    [InlineData("Runtime:AskBurst", "many", "Runtime:AskBurst")]
    [InlineData("Lti:Platforms:0:LoginUrl", "http://learn.example", "Lti:Platforms:0: Name is missing")]
    [InlineData("Telemetry:Otlp", "collector", "Telemetry:Otlp")]
    [InlineData("Database:Url", "postgres://", "Database:Url needs a host and a database")]
    [InlineData("Database:Path", "/proc/tutor/tutor.db", "Database:Path")]
    [InlineData("Privacy:StudentIdPattern", "s(\\d", "Privacy:StudentIdPattern")]
    [InlineData("PublicUrl", "tutor.example.edu", "PublicUrl")]
    public async Task A_setting_that_is_wrong_ends_the_start_with_its_name_and_no_trace(string setting, string value, string words)
    {
        var folder = Directory.CreateTempSubdirectory("tutor-wrong-");
        var (code, output) = await RunAsync($"--{setting}={value}", "--urls=http://127.0.0.1:0", "--environment=Development", setting.StartsWith("Database", StringComparison.Ordinal) ? "--A=b" : $"--Database:Path={folder}/tutor.db");

        Assert.Equal(1, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.InRange(output.Trim().Split('\n').Length, 1, 4);
        folder.Delete(recursive: true);
    }

    /// <summary>A database on which a student has asked and an instructor has changed the budget three times.</summary>
    private static async Task<string> UsedPortalAsync()
    {
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string> { ["Database:Url"] = "" });
        using (var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel))
            Assert.Equal("done", (await AskAsync(sam, "first")).State);
        using (var database = new Database(portal.DatabasePath))
        {
            var audit = new AuditLog(database, TimeProvider.System);
            var limits = new CourseLimits(database, new StudentNames(database, audit, new Rosters(database, TimeProvider.System), new PersonalDataFinder(new PrivacyOptions()), TimeProvider.System), audit, TimeProvider.System);
            for (var tokens = 1000; tokens < 1003; tokens++) Assert.True(await limits.SetBudgetAsync("academic-writing", tokens, new Viewer("ines-instructor"), Cancel));
        }
        await portal.StopAsync(Cancel);
        return portal.DatabasePath;
    }

    private static Task<InteractionView> AskAsync(ApiClient client, string key) => client.AskAsync(
        "academic-writing", "thesis-paragraph", new HintBody { ClientKey = key, Work = "Homework is perhaps useful.", Question = "Is it clear?" }, Cancel);

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.PortalAssembly, .. arguments]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex("^[0-9]+:[0-9a-f]{64}$")]
    private static partial Regex Mark();
}
