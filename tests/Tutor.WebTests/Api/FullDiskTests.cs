using System.Net;
using System.Net.Http.Json;
using Dapper;
using Microsoft.AspNetCore.Mvc;
using Tutor.Data;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Api;

[Trait("Database", "own")]
public sealed class FullDiskTests
{
    private const int DiskBytes = 16 * 1024 * 1024;
    private const int Running = 6;
    private static readonly string[] students = ["sam-student", "robin-student", "alex-student"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_requests_clearly_leaves_nothing_half_written_and_work_goes_on_when_there_is_space()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/bwrap"), "bubblewrap is not installed, so there is no small disk to fill.");
        await using var model = await RequestBatch.SlowHostAsync(TimeSpan.FromMilliseconds(30));
        var (folder, secrets) = await SmallDisk.PrepareAsync(students, Cancel);
        await using var portal = await PortalProcess.StartOnSmallDiskAsync(
            DiskBytes, folder, Cancel, new Dictionary<string, string>().WithModelHost(model.Url, 8));
        var clients = secrets.Select(secret => ApiClient.WithToken(portal.Address, secret)).ToArray();
        var accepted = new List<string>();
        for (var number = 0; number < Running; number++)
            accepted.Add((await clients[number % 3].SubmitAsync("academic-writing", "thesis-paragraph", Body(number, 200), Cancel)).Id);

        var filler = Path.Combine(portal.DataFolder, "filler");
        await SmallDisk.FillAsync(filler, Cancel);
        // What the database has set aside already is used up first.
        HttpResponseMessage? refused = null;
        var refusals = 0;
        for (var number = Running; number < 40 && refusals < 5; number++)
        {
            var response = await clients[number % 3].PostHintAsync("academic-writing", "thesis-paragraph", Body(number, 60_000), Cancel);
            if (response.StatusCode == HttpStatusCode.Accepted)
                accepted.Add((await response.Content.ReadFromJsonAsync<InteractionView>(Cancel))!.Id);
            else
                (refused, refusals) = (response, refusals + 1);
        }

        Assert.NotNull(refused);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<ProblemDetails>(Cancel);
        Assert.Equal("Not stored", problem!.Title);
        Assert.Contains("disk is full", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(accepted[0], (await clients[0].FindAsync(accepted[0], Cancel)).Id);
        await AssertExactAsync(portal, accepted);

        // Whoever needs a person reads so all the same.
        using var distress = await clients[0].PostHintAsync("academic-writing", "thesis-paragraph", Body(98, 60) with { Question = "I want to kill myself" }, Cancel);
        var support = (await distress.Content.ReadFromJsonAsync<InteractionView>(Cancel))!;
        Assert.Equal((HttpStatusCode.OK, "done", "built-in"), (distress.StatusCode, support.State, support.Writer));
        Assert.Contains("talk to someone", support.Answer, StringComparison.Ordinal);

        File.Delete(filler);
        accepted.Add((await clients[0].SubmitAsync("academic-writing", "thesis-paragraph", Body(99, 200), Cancel)).Id);
        foreach (var (id, number) in accepted.Select((id, number) => (id, number)))
            await UntilDoneAsync(clients, id);
        await AssertExactAsync(portal, accepted);
    }

    private static HintBody Body(int number, int length) => new()
    {
        ClientKey = $"key-{number}", Question = $"Case {number}: is my thesis clear?",
        Work = string.Concat(Enumerable.Repeat($"Schools should start later, because sleep matters. Draft {number}. ", (length / 60) + 1)),
    };

    // Each request that was taken is there once with its submission and its place in the quota, and nothing of the others.
    private static async Task AssertExactAsync(PortalProcess portal, List<string> accepted)
    {
        using var database = new Database(await portal.CopyDatabaseAsync(Cancel));
        await using var connection = await database.OpenAsync(Cancel);
        Assert.Equal(accepted.Order(StringComparer.Ordinal), (await connection.QueryAsync<string>("SELECT id FROM interaction")).Order(StringComparer.Ordinal));
        Assert.Equal(accepted.Count, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM submission"));
        Assert.Equal(accepted.Count, await connection.ExecuteScalarAsync<int>("SELECT SUM(used) FROM quota"));
        Assert.Equal("ok", await connection.ExecuteScalarAsync<string>("PRAGMA integrity_check"));
    }

    private static async Task UntilDoneAsync(ApiClient[] clients, string id)
    {
        var deadline = DateTime.UtcNow.AddMinutes(2);
        while (true)
        {
            foreach (var client in clients)
            {
                using var response = await client.Http.GetAsync(new Uri($"/api/v1/interactions/{id}", UriKind.Relative), Cancel);
                if (!response.IsSuccessStatusCode) continue;
                var row = (await response.Content.ReadFromJsonAsync<InteractionView>(Cancel))!;
                if (row.State == "done") return;
                Assert.True(row.State is "queued" or "running", $"Interaction {id} is {row.State}: {row.Error}");
            }
            Assert.True(DateTime.UtcNow < deadline, $"Interaction {id} was not answered within two minutes after there was space again.");
            await Task.Delay(250, Cancel);
        }
    }
}
