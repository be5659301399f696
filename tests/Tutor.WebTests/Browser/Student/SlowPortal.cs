using Tutor.Tests.Shared;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Browser.Student;

/// <summary>A portal of its own whose model host answers as slowly as a test asks it to, by a word in the student's question.</summary>
public sealed class SlowPortal : IAsyncLifetime
{
    /// <summary>In the question: nothing is written for as long as anyone waits.</summary>
    public const string Silent = "(silent)";

    /// <summary>In the question: a line every third of a second.</summary>
    public const string Slow = "(slow)";

    public const int Lines = 12;

    private ScriptedModelHost? model;

    public PortalProcess Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        model = await ScriptedModelHost.StartAsync(call => new ScriptedReply(string.Concat(Enumerable.Range(1, Lines).Select(n => $"Thought {n}: what would a reader doubt here?\n\n")).TrimEnd())
        {
            ChunkSize = 24,
            FirstTokenDelay = Asks(call, Silent) ? TimeSpan.FromMinutes(2) : TimeSpan.Zero,
            ChunkDelay = Asks(call, Slow) ? TimeSpan.FromMilliseconds(150) : TimeSpan.Zero,
        });
        Portal = await PortalProcess.StartAsync(CancellationToken.None, new Dictionary<string, string>().WithModelHost(model.Url, 8));
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        if (model is not null) await model.DisposeAsync();
    }

    private static bool Asks(ScriptedCall call, string word) => call.Messages[^1].Text.Contains(word, StringComparison.Ordinal)
        || (call.Messages.Count > 1 && call.Messages[^2].Text.Contains(word, StringComparison.Ordinal));
}
