[assembly: AssemblyFixture(typeof(Tutor.WebTests.ModelHost.SharedModelHost))]

namespace Tutor.WebTests.ModelHost;

/// <summary>One model host for all tests that neither kill nor drain it; started by the first of them.</summary>
public sealed class SharedModelHost : IAsyncDisposable
{
    private readonly Lazy<Task<ModelHostProcess>> host = new(() => ModelHostProcess.StartAsync());

    public Task<ModelHostProcess> GetAsync() => host.Value;

    public async ValueTask DisposeAsync()
    {
        if (host.IsValueCreated) await (await host.Value).DisposeAsync();
    }
}
