using Tutor.Core.Evidence;
using Tutor.Sandbox;
using Tutor.UnitTests.Sandbox;

namespace Tutor.UnitTests.Evidence;

/// <summary>The real sandbox for tests of what is built on it; user ids of its own, so that it may run beside the sandbox's own tests.</summary>
public sealed class EvidenceFixture : IAsyncLifetime
{
    internal BubblewrapRunner Runner { get; } = SandboxFixture.Create(new SandboxOptions { Slots = 2, QueueLimit = 1000, UidBase = 62400 });

    /// <summary>Skips the test where no sandbox can be had.</summary>
    internal ICodeRunner Required
    {
        get
        {
            SandboxFixture.SkipWithout(Runner);
            return Runner;
        }
    }

    public async ValueTask InitializeAsync() => await Runner.PrepareAsync(CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        Runner.Dispose();
        return ValueTask.CompletedTask;
    }
}

[CollectionDefinition(nameof(EvidenceFixture))]
public sealed class EvidenceCollection : ICollectionFixture<EvidenceFixture>;
