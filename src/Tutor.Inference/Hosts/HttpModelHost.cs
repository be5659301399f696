using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using Tutor.Inference.Telemetry;

namespace Tutor.Inference.Hosts;

/// <summary>A server with the OpenAI chat API.</summary>
internal sealed class HttpModelHost : ModelHost
{
    private readonly HttpClient http;

    public HttpModelHost(ModelHostOptions options, TimeSpan pause, TimeProvider time) : base(options, pause, time)
    {
        // The host is on the university's own network; a proxy of the environment must not carry student text elsewhere.
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = options.Slots + 2 }) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new OpenAIClient(
                new ApiKeyCredential(options.ApiKey.Length > 0 ? options.ApiKey : "none"),
                new OpenAIClientOptions
                {
                    Endpoint = options.Url, Transport = new HttpClientPipelineTransport(http), NetworkTimeout = Timeout.InfiniteTimeSpan,
                    // The pool itself goes on at the next host; a silent repeat would only hold the slot.
                    RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                })
            .GetChatClient(options.Model.Length > 0 ? options.Model : "default").AsIChatClient()
            .AsBuilder().UseOpenTelemetry(sourceName: GenAi.Source, configure: GenAi.WithoutContent).Build();
    }

    public override IChatClient Client { get; }

    /// <summary>Asks the host whether it is there: <c>/health</c> beside the API (vLLM, llama-server), else the list of models.</summary>
    public override async Task CheckAsync(CancellationToken cancel)
    {
        try
        {
            using var limit = new SilenceLimit(Time, cancel);
            limit.Start(TimeSpan.FromSeconds(3));
            var health = await StatusAsync(new Uri(Options.Url, "/health"), limit.Token);
            if (health == 404)
                health = await StatusAsync(new Uri(Options.Url.ToString().TrimEnd('/') + "/models"), limit.Token);
            if (health is >= 200 and < 300)
                Works();
            else
                Failed($"The health check answered {health}.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested && Figures.PiecesPerSecond > 0)
        {
            // A host that writes answers is there: it, or this machine, is only too busy for the question.
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            Failed(error is HttpRequestException ? $"The host does not answer: {error.Message}" : "The health check got no answer within 3 s.");
        }
    }

    public override void Dispose()
    {
        Client.Dispose();
        http.Dispose();
        base.Dispose();
    }

    private async Task<int> StatusAsync(Uri address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (Options.ApiKey.Length > 0)
            request.Headers.Authorization = new("Bearer", Options.ApiKey);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return (int)response.StatusCode;
    }
}
