using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tutor.Inference.Embedded;

/// <summary>Loads the model of section <c>Model</c> when the program starts. What is wrong with it ends the start with its reason.</summary>
public sealed class EmbeddedModelLoader(IOptions<ModelOptions> options, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    private EmbeddedModel? model;

    public bool IsConfigured => options.Value.Path.Length > 0;

    public ModelOptions Options => options.Value;

    /// <summary>Null until it is loaded, or when none is configured.</summary>
    public EmbeddedModel? Model => Volatile.Read(ref model);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsConfigured) Volatile.Write(ref model, await EmbeddedModel.LoadAsync(options.Value, logs, cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Not in StopAsync: hints that are being written end before their model does.
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref model, null) is { } loaded) await loaded.DisposeAsync();
    }
}
