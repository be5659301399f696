using System.Text.Json;
using Microsoft.Extensions.AI;
using Tutor.Inference.Hosts.Wire;
using Tutor.Inference.Telemetry;

namespace Tutor.Inference.Hosts;

/// <summary>A server with the OpenAI chat API.</summary>
internal sealed class HttpModelHost : ModelHost
{
    private const int LongestList = 64 * 1024;
    private readonly HttpClient http;
    private readonly HostChatClient chat;

    public HttpModelHost(ModelHostOptions options, TimeSpan pause, TimeProvider time) : base(options, pause, time)
    {
        // The host is on the university's own network; neither a proxy of the environment nor a redirect may carry student text elsewhere.
        http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), MaxConnectionsPerServer = options.Slots + 2,
        }) { Timeout = Timeout.InfiniteTimeSpan };
        chat = new HostChatClient(http, options, Habits, time);
        Client = chat.AsBuilder().UseOpenTelemetry(sourceName: GenAi.Source, configure: GenAi.WithoutContent).Build();
    }

    public override IChatClient Client { get; }

    /// <summary>Asks the API itself, by its list of models, whether the host is there.</summary>
    /// <remarks>
    /// Not <c>/health</c>, which lies outside the API: a gateway may ask for a key there, send people to a page or run a completion on every
    /// model it knows. Any answer but a server error shows that something is there; whether it can write, answers show.
    /// </remarks>
    public override async Task CheckAsync(CancellationToken cancel)
    {
        try
        {
            using var limit = new SilenceLimit(Time, cancel);
            limit.Start(TimeSpan.FromSeconds(3));
            using var request = new HttpRequestMessage(HttpMethod.Get, chat.Address("models"));
            chat.Authorize(request);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            if (status is 500 or 502 or 503 or 504)
            {
                Unreachable($"Its list of models answers HTTP {status}.");
                return;
            }
            Reachable();
            if (Options.Model.Length == 0 && Habits.ListedModel is null && response.IsSuccessStatusCode)
                Habits.ListedModel = await FirstModelAsync(response.Content, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested && Figures.PiecesPerSecond > 0)
        {
            // A host that writes answers is there: it, or this machine, is only too busy for the question.
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            Unreachable(error is OperationCanceledException ? "Its list of models did not come within 3 s." : $"It does not answer: {error.Message}");
        }
    }

    public override void Dispose()
    {
        Client.Dispose();
        http.Dispose();
        base.Dispose();
    }

    private static async Task<string?> FirstModelAsync(HttpContent content, CancellationToken cancel)
    {
        var buffer = new byte[LongestList];
        var body = await content.ReadAsStreamAsync(cancel);
        var filled = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        try
        {
            using var list = JsonDocument.Parse(buffer.AsMemory(0, filled));
            return list.RootElement.GetProperty("data")[0].GetProperty("id").GetString();
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            // A host without a list is asked for the model "default", which servers of one model take.
            return null;
        }
    }
}
