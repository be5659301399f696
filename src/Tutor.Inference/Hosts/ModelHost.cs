using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Tutor.Inference.Hosts;

/// <summary>One server of the pool: its client, its slots and how it has been doing.</summary>
internal sealed class ModelHost : IDisposable
{
    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly TimeSpan pause;
    private readonly SemaphoreSlim slots;
    private long brokenUntil;

    public ModelHost(ModelHostOptions options, TimeSpan pause, TimeProvider time)
    {
        (Options, this.pause, this.time) = (options, pause, time);
        slots = new(options.Slots, options.Slots);
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
            .AsBuilder().UseOpenTelemetry().Build();
    }

    public ModelHostOptions Options { get; }
    public IChatClient Client { get; }
    public string? LastError { get; private set; }

    /// <summary>Answers being written.</summary>
    public int Running => Options.Slots - slots.CurrentCount;

    public bool IsUp => time.GetTimestamp() >= Volatile.Read(ref brokenUntil);

    public bool TryTakeSlot() => slots.Wait(0);

    public Task TakeSlotAsync(CancellationToken cancel) => slots.WaitAsync(cancel);

    public void ReturnSlot() => slots.Release();

    public void Failed(string why)
    {
        LastError = why;
        Volatile.Write(ref brokenUntil, time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency));
    }

    public void Works()
    {
        LastError = null;
        Volatile.Write(ref brokenUntil, 0);
    }

    /// <summary>Asks the host whether it is there: <c>/health</c> beside the API (vLLM, llama-server), else the list of models.</summary>
    public async Task CheckAsync(CancellationToken cancel)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(3));
            var health = await StatusAsync(new Uri(Options.Url, "/health"), limit.Token);
            if (health == 404)
                health = await StatusAsync(new Uri(Options.Url.ToString().TrimEnd('/') + "/models"), limit.Token);
            if (health is >= 200 and < 300)
                Works();
            else
                Failed($"The health check answered {health}.");
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            Failed(error is HttpRequestException ? $"The host does not answer: {error.Message}" : "The health check got no answer within 3 s.");
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        http.Dispose();
        slots.Dispose();
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
