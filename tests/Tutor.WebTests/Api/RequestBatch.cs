using System.Diagnostics;
using System.Text.RegularExpressions;
using Dapper;
using Tutor.Core.Privacy;
using Tutor.Data;
using Tutor.Data.Interactions;
using Tutor.Data.Privacy;
using Tutor.Tests.Shared;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Api;

/// <summary>Requests of several students whose clients go on, wherever the portal is, until every hint has ended.</summary>
/// <remarks>
/// A client sends its request with the same key until it is taken, then reads the stream from what it has. It learns of a
/// portal's death from its connection only.
/// </remarks>
internal sealed class RequestBatch : IDisposable
{
    public const int Count = 40;
    public static readonly IReadOnlyList<string> Students = ["sam-student", "robin-student", "alex-student"];

    private readonly int first;
    private readonly string?[] ids;
    private readonly string[] secrets;
    private readonly Silence[] silences;
    private readonly List<ApiClient> used = [];
    private volatile Uri address;

    private RequestBatch(Uri address, string[] secrets, int first, int count)
    {
        (this.address, this.secrets, this.first) = (address, secrets, first);
        ids = new string?[count];
        silences = [.. ids.Select(_ => new Silence())];
        Readings = [.. ids.Select(_ => new HintReading())];
    }

    /// <summary>What each client has received so far.</summary>
    public IReadOnlyList<HintReading> Readings { get; }

    public IReadOnlyList<string?> Ids => ids;

    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Requests that were taken, and hints that have ended.</summary>
    public (int Taken, int Ended) Progress => (ids.Count(id => id is not null), Readings.Count(reading => reading.Finished is not null));

    /// <param name="through">Where the clients send their requests, when it is not the portal itself.</param>
    public static async Task<RequestBatch> StartAsync(PortalProcess portal, CancellationToken cancel, Uri? through = null) =>
        Start(through ?? portal.Address, await SignInAsync(portal, cancel), cancel);

    /// <returns>A token of each of the students.</returns>
    public static async Task<string[]> SignInAsync(PortalProcess portal, CancellationToken cancel)
    {
        var secrets = new List<string>();
        foreach (var student in Students)
        {
            using var client = await ApiClient.SignInAsync(portal, student, cancel);
            secrets.Add(client.Http.DefaultRequestHeaders.Authorization!.Parameter!);
        }
        return [.. secrets];
    }

    /// <param name="secrets">A token of each of the students.</param>
    /// <param name="first">Number of the first case.</param>
    public static RequestBatch Start(Uri address, string[] secrets, CancellationToken cancel, int first = 0, int count = Count)
    {
        var batch = new RequestBatch(address, secrets, first, count);
        batch.Completion = Task.WhenAll(Enumerable.Range(0, count).Select(number => batch.RunAsync(number, cancel)));
        return batch;
    }

    /// <summary>Asks a few hints and reads them to their end, so that the portal's code is compiled as it is after a minute of use.</summary>
    public static async Task<RequestBatch> WarmUpAsync(Uri address, string[] secrets, CancellationToken cancel)
    {
        var batch = Start(address, secrets, cancel, first: 1000, count: 4 * secrets.Length);
        await batch.Completion;
        return batch;
    }

    /// <summary>The longest time any client waited between two pieces of its text.</summary>
    public TimeSpan LongestSilence => Silences.Max();

    /// <summary>The same for each client.</summary>
    public IReadOnlyList<TimeSpan> Silences => [.. silences.Select(silence => silence.Longest)];

    public void PortalIsAt(Uri now) => address = now;

    /// <summary>A host that writes for some seconds; its words depend on the request, so that mixed-up streams would show.</summary>
    public static Task<ScriptedModelHost> SlowHostAsync(TimeSpan chunkDelay) => ScriptedModelHost.StartAsync(call =>
    {
        var number = Regex.Matches(call.Prompt, @"Case (\d+)")[^1].Groups[1].Value;
        var reply = string.Concat(Enumerable.Range(1, 14).Select(line => $"Remark {line} on case {number}: ask what a reader would doubt here.\n\n")).TrimEnd();
        return new ScriptedReply(reply) { ChunkSize = 8, ChunkDelay = chunkDelay };
    });

    /// <summary>Sends the first request again: its key is known.</summary>
    public async Task<string> RepeatFirstAsync(CancellationToken cancel)
    {
        using var client = ApiClient.WithToken(address, secrets[0]);
        return (await client.SubmitAsync("academic-writing", "thesis-paragraph", new HintBody { ClientKey = "key-0", Work = "Anything." }, cancel)).Id;
    }

    /// <summary>0 lost, 0 answered twice, quota exact, and every client has the recorded text.</summary>
    public async Task AssertExactAsync(PortalProcess portal, CancellationToken cancel)
    {
        using var database = portal.OpenDatabase();
        await AssertExactAsync(database, cancel);
    }

    /// <param name="before">Requests of the same portal that had ended before.</param>
    public async Task AssertExactAsync(Database database, CancellationToken cancel, RequestBatch? before = null)
    {
        var all = ids.Concat(before?.ids ?? []).ToList();
        Assert.All(Readings, reading => Assert.Equal(("done", "model"), (reading.Finished!.State, reading.Finished.Writer)));
        Assert.All(Readings, reading => Assert.Equal(reading.Finished!.Answer, reading.Text));
        for (var number = 0; number < ids.Length; number++)
            Assert.Contains($"on case {first + number}:", Readings[number].Text, StringComparison.OrdinalIgnoreCase);

        // What a killed node did not come to is found again later; here it is counted now.
        await new SearchIndex(database, new Rosters(database, TimeProvider.System), new PersonalDataFinder(new PrivacyOptions())).CatchUpAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        Assert.Equal(all.Order(StringComparer.Ordinal), (await connection.QueryAsync<string>("SELECT id FROM interaction")).Order(StringComparer.Ordinal));
        foreach (var (what, sql) in new[]
        {
            ("answered", "SELECT COUNT(*) FROM interaction WHERE state = 'done' AND answer <> '' AND counted"),
            ("counted", "SELECT SUM(used) FROM quota"),
            ("stored submissions", "SELECT COUNT(*) FROM submission"),
            ("recorded once", "SELECT COUNT(*) FROM interaction_search"),
            ("prompts", "SELECT COUNT(*) FROM interaction_prompt"),
            ("runs recorded", "SELECT COUNT(DISTINCT interaction_id) FROM interaction_step"),
            ("steps of one attempt only", "SELECT COUNT(*) FROM (SELECT interaction_id FROM interaction_step GROUP BY interaction_id HAVING COUNT(DISTINCT attempt) = 1) AS whole"),
        })
            Assert.Equal((what, all.Count), (what, await connection.ExecuteScalarAsync<int>(sql)));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM interaction_draft"));
        if (database.Dialect == Dialect.Sqlite) Assert.Equal("ok", await connection.ExecuteScalarAsync<string>("PRAGMA integrity_check"));
    }

    public void Dispose() => used.ForEach(client => client.Dispose());

    private async Task RunAsync(int number, CancellationToken cancel)
    {
        var client = Client(number);
        var reading = Readings[number];
        while (reading.Finished is null)
        {
            try
            {
                ids[number] ??= (await client.SubmitAsync("academic-writing", "thesis-paragraph", new HintBody
                {
                    ClientKey = $"key-{first + number}", Work = $"Schools should start later, because sleep matters. Draft {first + number}.",
                    Question = $"Case {first + number}: is my thesis clear?",
                }, cancel)).Id;
                await foreach (var item in client.StreamAsync(ids[number]!, reading.Revision, reading.Text.Length, cancel))
                {
                    reading.Take(item);
                    if (item.EventType is "text" or "finished") silences[number].Heard();
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                await Task.Delay(100, cancel);
                client = Client(number);
            }
        }
    }

    private sealed class Silence
    {
        private long? heard;

        public TimeSpan Longest { get; private set; }

        public void Heard()
        {
            if (heard is { } last && Stopwatch.GetElapsedTime(last) is var silent && silent > Longest) Longest = silent;
            heard = Stopwatch.GetTimestamp();
        }
    }

    private ApiClient Client(int number)
    {
        var client = ApiClient.WithToken(address, secrets[number % secrets.Length]);
        lock (used) used.Add(client);
        return client;
    }
}
