using Tutor.WebTests.Portal;

namespace Tutor.WebTests.SignIn.Provider;

/// <summary>A portal that signs people in by a real OpenID provider over TLS. Nothing in the portal is replaced; the machine's trust is what a test sets.</summary>
public sealed class EntraPortal : IAsyncDisposable
{
    private EntraPortal(TestAuthority authority, OpenIdProvider provider, PortalProcess portal) => (Authority, Provider, Portal) = (authority, provider, portal);

    public TestAuthority Authority { get; }

    public OpenIdProvider Provider { get; }

    public PortalProcess Portal { get; }

    /// <param name="authority">One that other parties of the test have certificates of; it goes with the portal.</param>
    public static async Task<EntraPortal> StartAsync(
        IReadOnlyDictionary<string, string> settings, CancellationToken cancel, string? assembly = null, TestAuthority? authority = null)
    {
        authority ??= new TestAuthority();
        var provider = await OpenIdProvider.StartAsync(authority, cancel);
        var all = new Dictionary<string, string>([.. authority.PortalSettings(), .. provider.PortalSettings(), .. settings]);
        return new(authority, provider, await PortalProcess.StartAsync(cancel, all, assembly: assembly));
    }

    public SignInClient Open() => new(Authority, Portal.Address);

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Provider.DisposeAsync();
        Authority.Dispose();
    }
}
