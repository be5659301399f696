using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost.Access;

/// <summary>Lets in whom the settings gave a key. The health check needs none: load balancers have none.</summary>
internal sealed partial class ApiKeyCheck
{
    private readonly RequestDelegate next;
    private readonly byte[][] keys;
    private readonly bool openToOthers;

    public ApiKeyCheck(RequestDelegate next, IOptions<ServerOptions> options, ILogger<ApiKeyCheck> log)
    {
        this.next = next;
        // Hashes are of one length, so that comparing them in constant time tells nothing of a key, not even its length.
        keys = [.. options.Value.ApiKeys.Where(key => key.Length > 0).Select(Hash)];
        openToOthers = options.Value.AllowWithoutKeys;
        if (keys.Length == 0 && openToOthers) LogOpen(log);
    }

    public Task InvokeAsync(HttpContext http)
    {
        if (keys.Length > 0 && http.Request.Path != "/health" && !IsKnown(http.Request.Headers.Authorization.ToString()))
            throw new ApiException(401, "invalid_request_error", "The request has no valid API key. Send it as \"Authorization: Bearer <key>\".", null, "invalid_api_key");
        if (keys.Length == 0 && !openToOthers) RefuseOthers(http);
        return next(http);
    }

    // A page in a browser of this machine reaches it too: by its own script, or by a name of its own that leads to 127.0.0.1.
    private static void RefuseOthers(HttpContext http)
    {
        if (http.Connection.LocalIpAddress is { } address && !IPAddress.IsLoopback(address))
            throw new ApiException(403, "invalid_request_error", "This server has no keys and serves its own machine only. Set Server:ApiKeys.", null, "no_api_keys");
        if (!IsLoopback(http.Request.Host.Host))
            throw new ApiException(403, "invalid_request_error", "Without keys this server answers to localhost only. Set Server:ApiKeys.", null, "no_api_keys");
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"{http.Request.Scheme}://{http.Request.Host}")
            throw new ApiException(403, "invalid_request_error", "Without keys this server takes no requests of other web pages. Set Server:ApiKeys.", null, "no_api_keys");
        if (http.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            throw new ApiException(403, "invalid_request_error", "Without keys this server takes no requests of other web pages. Set Server:ApiKeys.", null, "no_api_keys");
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private bool IsKnown(string header)
    {
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return false;
        var given = Hash(header["Bearer ".Length..].Trim());
        var known = false;
        foreach (var key in keys) known |= CryptographicOperations.FixedTimeEquals(key, given);
        return known;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    [LoggerMessage(Level = LogLevel.Warning, Message = "No Server:ApiKeys are set and Server:AllowWithoutKeys is: everyone who reaches this port can use the model")]
    private static partial void LogOpen(ILogger log);
}
