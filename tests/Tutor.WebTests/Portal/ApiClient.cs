using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tutor.Data;
using Tutor.Data.People;
using Tutor.Web.Api;

namespace Tutor.WebTests.Portal;

/// <summary>The machine API as one person uses it.</summary>
public sealed class ApiClient : IDisposable
{
    private ApiClient(HttpClient http) => Http = http;

    public HttpClient Http { get; }

    /// <summary>Signs in with a token issued as the profile page does.</summary>
    public static async Task<ApiClient> SignInAsync(PortalProcess portal, string personId, CancellationToken cancel)
    {
        using var database = portal.OpenDatabase();
        var token = await new ApiTokenStore(database, TimeProvider.System, int.MaxValue).IssueAsync(personId, "test", cancel);
        return WithToken(portal.Address, token.Secret);
    }

    public static ApiClient WithToken(Uri address, string secret)
    {
        var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return new(http);
    }

    /// <summary>The same person's token at another address: the portal after a restart.</summary>
    public ApiClient At(Uri address) => WithToken(address, Http.DefaultRequestHeaders.Authorization!.Parameter!);

    public Task<HttpResponseMessage> PostHintAsync(string course, string exercise, HintBody body, CancellationToken cancel) =>
        Http.PostAsJsonAsync($"/api/v1/courses/{course}/exercises/{exercise}/interactions", body, cancel);

    public async Task<InteractionView> SubmitAsync(string course, string exercise, HintBody body, CancellationToken cancel)
    {
        using var response = await PostHintAsync(course, exercise, body, cancel);
        // What a proxy says while a node is gone, and a node while its database is.
        if ((int)response.StatusCode >= 500) throw new HttpRequestException($"The portal answered {response.StatusCode}.");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancel));
        return (await response.Content.ReadFromJsonAsync<InteractionView>(cancel))!;
    }

    public async Task<InteractionView> FindAsync(string id, CancellationToken cancel) =>
        (await Http.GetFromJsonAsync<InteractionView>($"/api/v1/interactions/{id}", cancel))!;

    public async IAsyncEnumerable<SseItem<JsonElement>> StreamAsync(
        string id, int revision, int offset, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var stream = await Http.GetStreamAsync($"/api/v1/interactions/{id}/stream?revision={revision}&offset={offset}", cancel);
        await foreach (var item in SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize<JsonElement>(data)).EnumerateAsync(cancel))
            yield return item;
    }

    /// <summary>Asks and waits for the end.</summary>
    public async Task<InteractionView> AskAsync(string course, string exercise, HintBody body, CancellationToken cancel)
    {
        var submitted = await SubmitAsync(course, exercise, body, cancel);
        var reading = new HintReading();
        await foreach (var item in StreamAsync(submitted.Id, 0, 0, cancel))
            reading.Take(item);
        return reading.Finished ?? await FindAsync(submitted.Id, cancel);
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>What a reader of a stream holds: keeps text as the API's description says, so that it can go on elsewhere.</summary>
public sealed class HintReading
{
    private static readonly JsonSerializerOptions web = new(JsonSerializerDefaults.Web);

    public int Revision { get; private set; }
    public string Text { get; private set; } = "";
    public InteractionView? Finished { get; private set; }

    public void Take(SseItem<JsonElement> item)
    {
        if (item.EventType == "finished")
            Finished = item.Data.Deserialize<InteractionView>(web);
        if (item.EventType != "text")
            return;
        var offset = item.Data.GetProperty("offset").GetInt32();
        var revision = item.Data.GetProperty("revision").GetInt32();
        Assert.True(offset <= Text.Length, $"A text event starts at {offset}, but only {Text.Length} characters were received.");
        // A resumed hint is a new revision that shares its beginning with the old one.
        (Revision, Text) = (revision, Text[..offset] + item.Data.GetProperty("text").GetString());
    }
}
