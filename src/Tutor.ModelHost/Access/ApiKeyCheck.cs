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

    public ApiKeyCheck(RequestDelegate next, IOptions<ServerOptions> options, ILogger<ApiKeyCheck> log)
    {
        this.next = next;
        // Hashes are of one length, so that comparing them in constant time tells nothing of a key, not even its length.
        keys = [.. options.Value.ApiKeys.Where(key => key.Length > 0).Select(Hash)];
        if (keys.Length == 0) LogOpen(log);
    }

    public Task InvokeAsync(HttpContext http)
    {
        if (keys.Length > 0 && http.Request.Path != "/health" && !IsKnown(http.Request.Headers.Authorization.ToString()))
            throw new ApiException(401, "invalid_request_error", "The request has no valid API key. Send it as \"Authorization: Bearer <key>\".", null, "invalid_api_key");
        return next(http);
    }

    private bool IsKnown(string header)
    {
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return false;
        var given = Hash(header["Bearer ".Length..].Trim());
        var known = false;
        foreach (var key in keys) known |= CryptographicOperations.FixedTimeEquals(key, given);
        return known;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    [LoggerMessage(Level = LogLevel.Warning, Message = "No Server:ApiKeys are set: everyone who reaches this port can use the model")]
    private static partial void LogOpen(ILogger log);
}
