using Dapper;
using Tutor.Data;
using Tutor.Tests.Shared;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Api;

/// <summary>kill -9 of the whole portal while it answers, then a start on the same database.</summary>
public sealed class KilledPortalTests
{
    private const int Count = 40;
    private static readonly string[] students = ["sam-student", "robin-student", "alex-student"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_each_hint_is_answered_once_and_streams_go_on_where_they_were()
    {
        await using var model = await ScriptedModelHost.StartAsync(call => new ScriptedReply(Reply(call.Prompt))
        {
            ChunkSize = 8, ChunkDelay = TimeSpan.FromMilliseconds(60),
        });
        var settings = new Dictionary<string, string>().WithModelHost(model.Url, Count);
        var portal = await PortalProcess.StartAsync(Cancel, settings);
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = await Task.WhenAll(students.Select(id => ApiClient.SignInAsync(portal, id, Cancel)));
        var submitted = await Task.WhenAll(Enumerable.Range(0, Count).Select(n => clients[n % clients.Length].SubmitAsync(
            "academic-writing", "thesis-paragraph", new HintBody { ClientKey = $"key-{n}", Work = $"Schools should start later, because sleep matters. Draft {n}.", Question = $"Case {n}: is my thesis clear?" }, Cancel)));

        var readings = submitted.Select(_ => new HintReading()).ToList();
        var readers = submitted.Select((row, n) => FollowAsync(clients[n % clients.Length], row.Id, readings[n], address.Task)).ToList();
        await WaitUntilAsync(() => readings.Count(reading => reading.Text.Length > 20) >= Count / 2);
        var finishedBefore = readings.Count(reading => reading.Finished is not null);
        await portal.KillAsync();
        await using var restarted = await PortalProcess.StartAsync(Cancel, settings, portal.DataFolder);
        address.SetResult(restarted.Address);
        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromMinutes(2), Cancel);

        Assert.True(finishedBefore < Count, "Every hint was finished before the kill, so the test showed nothing.");
        Assert.All(readings, reading => Assert.Equal("done", reading.Finished!.State));
        Assert.All(readings, reading => Assert.Equal(reading.Finished!.Answer, reading.Text));
        Assert.All(readings, reading => Assert.Equal("model", reading.Finished!.Writer));
        await AssertLedgerIsExactAsync(restarted.DatabasePath, submitted.Select(row => row.Id));

        // The same keys again cost nothing and give the same interactions.
        using var again = clients[0].At(restarted.Address);
        var repeated = await again.SubmitAsync("academic-writing", "thesis-paragraph", new HintBody { ClientKey = "key-0", Work = "Anything." }, Cancel);
        Assert.Equal(submitted[0].Id, repeated.Id);
        await AssertLedgerIsExactAsync(restarted.DatabasePath, submitted.Select(row => row.Id));
    }

    private static async Task AssertLedgerIsExactAsync(string path, IEnumerable<string> submitted)
    {
        using var database = new Database(path);
        await using var connection = await database.OpenAsync(Cancel);
        var ids = await connection.QueryAsync<string>("SELECT id FROM interaction");
        Assert.Equal(submitted.Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
        Assert.Equal(Count, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM interaction WHERE state = 'done' AND answer <> ''"));
        Assert.Equal(Count, await connection.ExecuteScalarAsync<int>("SELECT SUM(used) FROM quota"));
        Assert.Equal(Count, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM interaction_search"));
    }

    // Reads to the end, over the death of the portal: goes on at the new address from what it has.
    private static async Task FollowAsync(ApiClient client, string id, HintReading reading, Task<Uri> nextAddress)
    {
        var current = client;
        while (reading.Finished is null)
        {
            try
            {
                await foreach (var item in current.StreamAsync(id, reading.Revision, reading.Text.Length, Cancel))
                    reading.Take(item);
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                current = client.At(await nextAddress.WaitAsync(Cancel));
            }
        }
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "The hints did not begin to stream within a minute.");
            await Task.Delay(50, Cancel);
        }
    }

    // Harmless words that depend on the case, so that mixed-up streams would show.
    private static string Reply(string prompt)
    {
        var number = System.Text.RegularExpressions.Regex.Matches(prompt, @"Case (\d+)")[^1].Groups[1].Value;
        return string.Concat(Enumerable.Range(1, 14).Select(line => $"Remark {line} on case {number}: ask what a reader would doubt here.\n\n")).TrimEnd();
    }
}
