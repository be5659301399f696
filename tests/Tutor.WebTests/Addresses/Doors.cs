using System.Net;
using System.Net.WebSockets;
using Tutor.WebTests.Nodes;
using Tutor.WebTests.Portal;
using Tutor.WebTests.SignIn.Provider;

namespace Tutor.WebTests.Addresses;

/// <summary>A portal people reach directly and through the HAProxy of the handbook, with somebody signed in at each door; and one in Production behind a name of its own.</summary>
[CollectionDefinition(All)]
public sealed class Doors : IAsyncLifetime, ICollectionFixture<Doors>
{
    public const string All = "Doors";
    public const string Direct = "direct", Proxied = "behind HAProxy";
    public static readonly Uri Name = new("https://tutor.example.edu/");
    private readonly Dictionary<string, (HttpClient Http, CookieContainer Cookies)> people = [];
    private readonly List<IAsyncDisposable> open = [];
    private readonly TestAuthority authority = new();

    /// <summary>Where a person comes in.</summary>
    public Dictionary<string, Uri> Addresses { get; } = [];

    /// <summary>The same doors of the portal whose PublicUrl is <see cref="Name"/>.</summary>
    public Dictionary<string, Uri> NamedAddresses { get; } = [];

    public PortalProcess Open { get; private set; } = null!;

    public PortalProcess Named { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Open = await PortalProcess.StartAsync(Cancel);
        open.Add(Open);
        await OpenAsync(Open, Addresses);
        foreach (var (door, address) in Addresses) people[door] = await HttpVisitor.SignInAsync(address, "robin-student", Cancel);

        var provider = await OpenIdProvider.StartAsync(authority, Cancel);
        open.Add(provider);
        Named = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string>([.. authority.PortalSettings(), .. provider.PortalSettings()])
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["PublicUrl"] = Name.ToString(), ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
            ["Lti:Platforms:0:Name"] = "Platform", ["Lti:Platforms:0:Issuer"] = "https://platform.example.edu", ["Lti:Platforms:0:ClientId"] = "tutor",
            ["Lti:Platforms:0:Deployments:0"] = "1", ["Lti:Platforms:0:LoginUrl"] = "https://platform.example.edu/login", ["Lti:Platforms:0:KeysUrl"] = "https://platform.example.edu/keys",
        });
        open.Add(Named);
        await OpenAsync(Named, NamedAddresses);
    }

    /// <summary>Sends a request as the person at a door, with these headers and no others that say where it comes from.</summary>
    public async Task<HttpResponseMessage> SendAsync(string door, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { CookieContainer = people[door].Cookies, AllowAutoRedirect = false };
        return await SendAsync(handler, new Uri(Addresses[door], path), method, headers);
    }

    /// <summary>Sends a request to the portal with a name, as a proxy with TLS in front of it would.</summary>
    public async Task<HttpResponseMessage> SendToNamedAsync(string door, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        return await SendAsync(handler, new Uri(NamedAddresses[door], path), method, headers);
    }

    /// <summary>The status a WebSocket to the circuits gets.</summary>
    public async Task<HttpStatusCode> ConnectAsync(string door, params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = people[door].Cookies;
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers) socket.Options.SetRequestHeader(name, value);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(Addresses[door], "/_blazor")) { Scheme = "ws" }.Uri, Cancel);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }
        return socket.HttpStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (http, _) in people.Values) http.Dispose();
        foreach (var one in Enumerable.Reverse(open)) await one.DisposeAsync();
        authority.Dispose();
    }

    private async Task OpenAsync(PortalProcess portal, Dictionary<string, Uri> doors)
    {
        var proxy = await HaProxy.StartAsync(portal.Address, portal.Address, Cancel);
        open.Add(proxy);
        (doors[Direct], doors[Proxied]) = (portal.Address, proxy.Address);
    }

    private static async Task<HttpResponseMessage> SendAsync(SocketsHttpHandler handler, Uri address, HttpMethod method, (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(handler, disposeHandler: false);
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, Cancel);
    }
}
