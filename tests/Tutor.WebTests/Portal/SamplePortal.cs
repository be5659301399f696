namespace Tutor.WebTests.Portal;

/// <summary>One portal with the sample courses and no model host, started when the first test needs it.</summary>
public sealed class SamplePortal : IAsyncDisposable
{
    private readonly Lazy<Task<PortalProcess>> portal = new(() => PortalProcess.StartAsync(CancellationToken.None));

    public Task<PortalProcess> PortalAsync() => portal.Value;

    public async ValueTask DisposeAsync()
    {
        if (portal.IsValueCreated) await (await portal.Value).DisposeAsync();
    }
}
