using Tutor.Inference.Models;

namespace Tutor.UnitTests.Inference.Models;

public sealed class ModelDownloadTests : IDisposable
{
    private const int Size = 1_000_003;

    private static readonly HubFile file = HubFile.Parse("owner/model-GGUF/model.gguf");

    private readonly string folder = Directory.CreateTempSubdirectory("tutor-models-").FullName;
    private readonly byte[] content = Content();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_arrives_in_parallel_parts_with_its_checksum()
    {
        await using var hub = await HubServer.StartAsync(content);

        var fetched = await FetchAsync(hub);

        Assert.Equal(hub.Sha256, fetched.Sha256);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder, "model.gguf"), Cancel));
        Assert.Equal(Size, hub.Sent);
        Assert.Equal(8, hub.Requests);
        Assert.Equal(["model.gguf", "model.gguf.json"], Files());
    }

    [Fact]
    public async Task Lines_that_break_again_and_again_cost_no_byte_twice()
    {
        await using var hub = await HubServer.StartAsync(content);
        hub.BreaksAfter = number => number % 3 == 0 ? null : 40_000;

        await FetchAsync(hub);

        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder, "model.gguf"), Cancel));
        // What was on its way when a line broke may have been lost.
        Assert.InRange(hub.Sent, Size, Size * 1.5);
    }

    [Fact]
    public async Task A_line_that_falls_silent_is_given_up_and_opened_anew()
    {
        await using var hub = await HubServer.StartAsync(content);
        (hub.BreaksAfter, hub.FallsSilent) = (number => number == 2 ? 10_000 : null, true);

        await FetchAsync(hub);

        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder, "model.gguf"), Cancel));
    }

    [Fact]
    public async Task After_a_break_for_good_the_next_call_fetches_only_what_is_missing()
    {
        await using var hub = await HubServer.StartAsync(content);
        hub.BreaksAfter = number => number <= 4 ? null : 0;

        var broken = await Assert.ThrowsAsync<ModelDownloadException>(() => FetchAsync(hub, connections: 1));
        var before = hub.Sent;
        hub.BreaksAfter = _ => null;
        await FetchAsync(hub, connections: 1);

        Assert.Contains("run the same command again", broken.Message, StringComparison.Ordinal);
        Assert.Equal(4 * PartBytes, before);
        Assert.Equal(Size, hub.Sent);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder, "model.gguf"), Cancel));
    }

    [Fact]
    public async Task A_cancelled_download_goes_on_where_it_was()
    {
        await using var hub = await HubServer.StartAsync(content);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var progress = new Watcher(value => { if (value.Bytes > Size / 2) stop.Cancel(); });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FetchAsync(hub, connections: 1, progress: progress, cancel: stop.Token));
        await FetchAsync(hub, connections: 1);

        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(folder, "model.gguf"), Cancel));
        Assert.InRange(hub.Sent, Size, Size + (2 * PartBytes));
    }

    [Fact]
    public async Task A_file_with_another_checksum_is_deleted()
    {
        await using var hub = await HubServer.StartAsync(content);
        hub.Claimed = new string('a', 64);

        var wrong = await Assert.ThrowsAsync<ModelDownloadException>(() => FetchAsync(hub));

        Assert.Contains(hub.Sha256, wrong.Message, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Without_a_checksum_of_the_hub_one_must_be_given()
    {
        await using var hub = await HubServer.StartAsync(content);
        hub.Claimed = null;

        var without = await Assert.ThrowsAsync<ModelDownloadException>(() => FetchAsync(hub));
        var given = await FetchAsync(hub, sha256: hub.Sha256.ToUpperInvariant());

        Assert.Contains("--sha256", without.Message, StringComparison.Ordinal);
        Assert.Equal(hub.Sha256, given.Sha256);
    }

    [Fact]
    public async Task The_hubs_token_is_shown_to_the_hub_and_not_to_its_store()
    {
        await using var hub = await HubServer.StartAsync(content);
        hub.Token = "secret";

        var refused = await Assert.ThrowsAsync<ModelDownloadException>(() => FetchAsync(hub));
        await FetchAsync(hub, token: "secret");

        Assert.Contains("HF_TOKEN", refused.Message, StringComparison.Ordinal);
        Assert.False(hub.StoreSawToken);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_before_the_first_byte()
    {
        await using var hub = await HubServer.StartAsync(content);

        var disk = await Assert.ThrowsAsync<ModelDownloadException>(() => FetchAsync(hub, reserve: 1L << 60));
        var quota = await Assert.ThrowsAsync<ModelDownloadException>(() => FetchAsync(hub, quota: Size - 1));

        Assert.Contains("--folder", disk.Message, StringComparison.Ordinal);
        Assert.Contains("--quota", quota.Message, StringComparison.Ordinal);
        Assert.Equal(0, hub.Requests);
    }

    [Fact]
    public async Task A_missing_file_a_store_without_ranges_and_an_unreachable_hub_are_said()
    {
        await using var hub = await HubServer.StartAsync(content);
        using var client = new ModelHub(hub.Address);
        var missing = await Assert.ThrowsAsync<ModelDownloadException>(() => client.FindAsync(HubFile.Parse("owner/model-GGUF/other.gguf"), Cancel));
        hub.SendsRanges = false;
        var whole = await Assert.ThrowsAsync<ModelDownloadException>(() => FetchAsync(hub));
        using var nowhere = new ModelHub(new("http://127.0.0.1:1"));
        var unreachable = await Assert.ThrowsAsync<ModelDownloadException>(() => nowhere.FindAsync(file, Cancel));

        Assert.Contains("has no file owner/model-GGUF/other.gguf", missing.Message, StringComparison.Ordinal);
        Assert.Contains("does not send parts", whole.Message, StringComparison.Ordinal);
        Assert.Contains("models add", unreachable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_fetched_again()
    {
        await using var hub = await HubServer.StartAsync(content);
        await FetchAsync(hub);

        await FetchAsync(hub);

        Assert.Equal(Size, hub.Sent);
    }

    [Theory]
    [InlineData("model.gguf")]
    [InlineData("owner/model.gguf")]
    [InlineData("owner/../model.gguf")]
    [InlineData("owner//model.gguf")]
    public void What_is_no_file_of_a_repository_is_refused(string text) => Assert.Throws<ModelDownloadException>(() => HubFile.Parse(text));

    private const int PartBytes = 125_001;

    private async Task<ModelFile> FetchAsync(
        HubServer hub, int connections = 4, string? token = null, string? sha256 = null, long reserve = 0, long? quota = null, IProgress<DownloadProgress>? progress = null, CancellationToken? cancel = null)
    {
        using var client = new ModelHub(hub.Address, token);
        var options = new DownloadOptions
        {
            Connections = connections, PartBytes = PartBytes, Silence = TimeSpan.FromMilliseconds(500), Attempts = 3, Pause = TimeSpan.FromMilliseconds(5), Reserve = reserve,
        };
        return await new ModelDownload(client, options).FetchAsync(file, new ModelFolder(folder, quota), progress, sha256, cancel ?? Cancel);
    }

    private string[] Files() => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private static byte[] Content()
    {
        var bytes = new byte[Size];
        new Random(5).NextBytes(bytes);
        "GGUF"u8.CopyTo(bytes);
        return bytes;
    }

    private sealed class Watcher(Action<DownloadProgress> seen) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => seen(value);
    }
}
