using Microsoft.Extensions.AI;
using Tutor.Inference.Embedded;
using Tutor.Inference.Telemetry;

namespace Tutor.Inference.Hosts;

/// <summary>The model of this process as a host of the pool.</summary>
internal sealed class EmbeddedModelHost : ModelHost
{
    public const string HostName = "embedded";

    private readonly EmbeddedModelLoader loader;
    private readonly Lazy<IChatClient> client;

    public EmbeddedModelHost(EmbeddedModelLoader loader, TimeSpan pause, TimeProvider time)
        : base(new() { Name = HostName, Model = loader.Options.Name, Slots = loader.Options.Slots, ThinksFirst = false }, pause, time)
    {
        this.loader = loader;
        client = new(() => new EmbeddedChatClient(loader.Model ?? throw new InvalidOperationException("The model is not loaded yet."))
            .AsBuilder().UseOpenTelemetry(sourceName: GenAi.Source, configure: GenAi.WithoutContent).Build());
    }

    public override IChatClient Client => client.Value;

    public override Task CheckAsync(CancellationToken cancel)
    {
        if (loader.Model is null)
            Unreachable("The model is not loaded yet.");
        else
            Reachable();
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        if (client.IsValueCreated) client.Value.Dispose();
        base.Dispose();
    }
}
