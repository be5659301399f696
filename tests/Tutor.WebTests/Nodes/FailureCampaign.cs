using System.Globalization;
using System.Text;
using Tutor.Data;
using Tutor.SimulatedHost;
using Tutor.Tests.Shared.Postgres;
using Tutor.WebTests.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Nodes;

/// <summary>Two portal nodes, two model hosts and PostgreSQL as real processes, and one failure in each round while 40 hints are written.</summary>
/// <remarks>
/// The disk that fills up is that of a portal on SQLite, which is the one a test can make small.
/// <c>bash tests/failures.sh 50</c> plays 50 rounds and keeps the table in tests/results/failures.md; a usual test run skips it.
/// </remarks>
[Trait("Database", "own")]
public sealed class FailureCampaign(ITestOutputHelper output)
{
    private const int Tokens = 180;
    private const int DiskBytes = 24 * 1024 * 1024;
    private const string FullDisk = "disk full for 5 s";
    private static readonly string[] faults = ["portal node killed", "model host killed", "PostgreSQL restarted", "portal node frozen 15 s", "all nodes killed", FullDisk];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_fails_nothing_is_lost_or_done_twice_and_every_text_is_exact()
    {
        Assert.SkipUnless(
            int.TryParse(Environment.GetEnvironmentVariable("TUTOR_FAILURE_ROUNDS"), CultureInfo.InvariantCulture, out var rounds),
            "The campaign is played by tests/failures.sh.");
        using var server = new PostgresServer(durable: true);
        await using var first = await ModelHostProcess.StartAsync(Tokens, RequestBatch.Count, Cancel);
        await using var second = await ModelHostProcess.StartAsync(Tokens, RequestBatch.Count, Cancel);
        var table = new List<RoundResult>();
        for (var round = 0; round < rounds; round++)
        {
            var fault = faults[round % faults.Length];
            table.Add(fault == FullDisk ? await FillDiskAsync(round + 1, [first, second]) : await PlayAsync(round + 1, fault, server, [first, second]));
            output.WriteLine($"{table[^1]}, worst silence {table[^1].Silences.Max().TotalSeconds:0.0} s");
            Keep(table);
        }
        Assert.Equal(rounds, table.Count);
    }

    private static async Task<RoundResult> PlayAsync(int round, string fault, PostgresServer server, ModelHostProcess[] hosts)
    {
        await using var cluster = await PortalCluster.StartAsync(2, Cancel, Settings(hosts), server);
        var secrets = await RequestBatch.SignInAsync(cluster.Nodes[0], Cancel);
        using var before = await RequestBatch.WarmUpAsync(cluster.Proxy.Address, secrets, Cancel);
        using var batch = RequestBatch.Start(cluster.Proxy.Address, secrets, Cancel);
        await UntilHalfBegunAsync(batch);
        var ended = batch.Progress.Ended;
        var node = cluster.Nodes[round % 2];
        switch (fault)
        {
            case "portal node killed": await node.KillAsync(); break;
            case "model host killed": await hosts[round % 2].KillAsync(); break;
            case "PostgreSQL restarted": server.Restart(0.5); break;
            case "portal node frozen 15 s": await node.FreezeAsync(TimeSpan.FromSeconds(15), Cancel); break;
            case "all nodes killed":
                await Task.WhenAll(cluster.Nodes.Select(each => each.KillAsync()));
                await cluster.ReplaceAsync(node, Cancel);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
        await batch.Completion.WaitAsync(TimeSpan.FromMinutes(3), Cancel);
        if (fault == "model host killed") await hosts[round % 2].RestartAsync(Cancel);

        using var database = cluster.OpenDatabase();
        return await JudgeAsync(round, fault, ended, before, batch, database);
    }

    private static async Task<RoundResult> FillDiskAsync(int round, ModelHostProcess[] hosts)
    {
        var (folder, secrets) = await SmallDisk.PrepareAsync(RequestBatch.Students, Cancel);
        await using var portal = await PortalProcess.StartOnSmallDiskAsync(DiskBytes, folder, Cancel, Settings(hosts));
        using var before = await RequestBatch.WarmUpAsync(portal.Address, secrets, Cancel);
        using var batch = RequestBatch.Start(portal.Address, secrets, Cancel);
        await UntilHalfBegunAsync(batch);
        var ended = batch.Progress.Ended;
        var filler = Path.Combine(portal.DataFolder, "filler");
        await SmallDisk.FillAsync(filler, Cancel);
        await Task.Delay(TimeSpan.FromSeconds(5), Cancel);
        File.Delete(filler);
        await batch.Completion.WaitAsync(TimeSpan.FromMinutes(3), Cancel);

        using var database = new Database(await portal.CopyDatabaseAsync(Cancel));
        return await JudgeAsync(round, FullDisk, ended, before, batch, database);
    }

    // At a moment that is seen, not guessed.
    private static async Task UntilHalfBegunAsync(RequestBatch batch)
    {
        while (batch.Readings.Count(reading => reading.Text.Length > 20) < RequestBatch.Count / 2)
        {
            await Task.WhenAny(Task.Delay(20, Cancel), batch.Completion);
            if (batch.Completion.IsFaulted) await batch.Completion;
        }
    }

    private static async Task<RoundResult> JudgeAsync(int round, string fault, int ended, RequestBatch before, RequestBatch batch, Database database)
    {
        Assert.True(ended < RequestBatch.Count, "Every hint was finished before the fault, so the round showed nothing.");
        await batch.AssertExactAsync(database, Cancel, before);
        for (var number = 0; number < RequestBatch.Count; number++)
            Assert.Equal(SimulatedText.Of($"Case {number}", Tokens), batch.Readings[number].Text);
        var attempts = await database.QuerySingleOrDefaultAsync<int>("SELECT MAX(attempt) FROM interaction", null, Cancel);
        return new RoundResult(round, fault, ended, attempts, batch.Silences);
    }

    private static Dictionary<string, string> Settings(ModelHostProcess[] hosts) => new(hosts.SelectMany((host, index) => new[]
    {
        KeyValuePair.Create($"ModelHosts:Hosts:{index}:Name", $"simulated-{index + 1}"),
        KeyValuePair.Create($"ModelHosts:Hosts:{index}:Url", new Uri(host.Address, "v1").ToString()),
        KeyValuePair.Create($"ModelHosts:Hosts:{index}:Model", "simulated"),
        KeyValuePair.Create($"ModelHosts:Hosts:{index}:ThinksFirst", "false"),
        KeyValuePair.Create($"ModelHosts:Hosts:{index}:Slots", RequestBatch.Count.ToString(CultureInfo.InvariantCulture)),
    }));

    private static void Keep(List<RoundResult> table)
    {
        if (Environment.GetEnvironmentVariable("TUTOR_FAILURE_TABLE") is not { Length: > 0 } file) return;
        var text = new StringBuilder(
            $"""
            # Failure campaign

            `bash tests/failures.sh {table.Count}`: two portal nodes behind a sticky proxy, two simulated model hosts and PostgreSQL, all of them
            processes on one machine; {RequestBatch.Count} hints are being written when the fault comes. After each round the ledger and
            what the clients received are compared: every request recorded once, answered once and counted once, every text equal to
            what the host's function gives, byte for byte. A round where anything differs fails the campaign and is not in the table.

            A client's silence is the longest time between two pieces of its text. Each round has nodes of its own, which had written a few hints before.

            | fault | rounds | exact | client's silence: median | p99 | worst | most attempts at one hint |
            |---|---|---|---|---|---|---|

            """);
        foreach (var fault in table.GroupBy(row => row.Fault))
        {
            var silences = fault.SelectMany(row => row.Silences).Select(silence => silence.TotalSeconds).Order().ToList();
            var p99 = silences[(int)Math.Ceiling(0.99 * silences.Count) - 1];
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {fault.Key} | {fault.Count()} | {fault.Count()} | {silences[silences.Count / 2]:0.0} s | {p99:0.0} s | {silences[^1]:0.0} s | {fault.Max(row => row.Attempts)} |");
        }
        File.WriteAllText(Path.Combine(Repository.Root, file), text.ToString());
    }

    private sealed record RoundResult(int Round, string Fault, int EndedBefore, int Attempts, IReadOnlyList<TimeSpan> Silences);
}
