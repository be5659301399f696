using System.Net;
using System.Net.Http.Headers;

namespace Tutor.Inference.Models;

/// <summary>A hub that serves files as <c>{repository}/resolve/{revision}/{path}</c> and says their SHA-256 in <c>X-Linked-ETag</c>.</summary>
/// <remarks>The hub redirects to the store that has the bytes; size and checksum stand in the redirect, so it is read without being followed.</remarks>
public sealed class ModelHub : IDisposable
{
    private readonly Uri address;
    private readonly string? token;
    private readonly HttpClient asking = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(20) });
    // On the way to the store the handler drops the token, which the store must not see.
    private readonly HttpClient fetching = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20), MaxConnectionsPerServer = 32 }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="token">For repositories that ask for one; null for none.</param>
    public ModelHub(Uri address, string? token = null) => (this.address, this.token) = (address, token);

    /// <exception cref="ModelDownloadException">The hub does not have the file or does not give it.</exception>
    public async Task<HubFileInfo> FindAsync(HubFile file, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Head, file);
        using var response = await SendAsync(asking, request, cancel);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound:
                throw new ModelDownloadException($"{address.Host} has no file {file}. Check its spelling on the repository's page.");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new ModelDownloadException($"{address.Host} does not give {file} to you. Accept the model's licence on its page and put an access token into HF_TOKEN.");
            case >= HttpStatusCode.BadRequest:
                throw new ModelDownloadException($"{address.Host} answered {(int)response.StatusCode} for {file}. Try again later.");
        }
        var size = Header(response, "X-Linked-Size") is { } linked && long.TryParse(linked, out var bytes) ? bytes : response.Content.Headers.ContentLength;
        if (size is not > 0)
            throw new ModelDownloadException($"{address.Host} does not say how large {file} is, so there is no telling when it is complete.");
        var tag = (Header(response, "X-Linked-ETag") ?? Header(response, "ETag") ?? "").Replace("W/", "", StringComparison.Ordinal).Trim('"');
        return new(size.Value, tag.Length == 64 && tag.All(char.IsAsciiHexDigit) ? tag.ToLowerInvariant() : null, tag);
    }

    /// <summary>Opens a part of a file.</summary>
    /// <returns>A response whose body begins at <paramref name="from"/>, or at the start of the file where its status is 200.</returns>
    internal async Task<HttpResponseMessage> OpenAsync(HubFile file, long from, long to, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, file);
        request.Headers.Range = new RangeHeaderValue(from, to);
        var response = await fetching.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (response.IsSuccessStatusCode) return response;
        var status = (int)response.StatusCode;
        response.Dispose();
        throw new HttpRequestException($"the hub answered {status}", null, (HttpStatusCode)status);
    }

    public void Dispose()
    {
        asking.Dispose();
        fetching.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await client.SendAsync(request, cancel);
        }
        catch (Exception error) when (error is HttpRequestException || error is TaskCanceledException && !cancel.IsCancellationRequested)
        {
            throw new ModelDownloadException($"{address} cannot be reached: {error.Message}. Without a way to the hub, fetch the file elsewhere and run \"tutor models add <file>\".", error);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, HubFile file)
    {
        var path = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
        var request = new HttpRequestMessage(method, new Uri($"{address.ToString().TrimEnd('/')}/{file.Repository}/resolve/{Uri.EscapeDataString(file.Revision)}/{path}"));
        request.Headers.UserAgent.ParseAdd("tutor-models/1.0");
        // Compressed bytes would not be the ranges asked for.
        request.Headers.AcceptEncoding.ParseAdd("identity");
        if (token is { Length: > 0 }) request.Headers.Authorization = new("Bearer", token);
        return request;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
