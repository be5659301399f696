using Microsoft.Extensions.AI;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Prompting;
using Tutor.Inference.Hosts.Replies;

namespace Tutor.Inference.Hosts;

/// <summary>One request to one host, and what of its text is the answer.</summary>
internal sealed class HostStream : IAsyncDisposable
{
    private readonly ModelHost host;
    private readonly IReadOnlyList<ChatMessage> sent;
    private readonly int mostCharacters;
    private readonly Func<IAsyncEnumerator<ChatResponseUpdate>> open;
    private readonly ReplyCleaner cleaner;
    private readonly Seam seam;
    private IAsyncEnumerator<ChatResponseUpdate>? updates;
    private string certain = "";
    private long ascii, other;
    private int thoughtsApart;
    private bool textEnded;

    public HostStream(ModelHost host, IReadOnlyList<ChatMessage> sent, string partial, ChatOptions options, int mostCharacters, CancellationToken cancel)
    {
        (this.host, this.sent, this.mostCharacters) = (host, sent, mostCharacters);
        cleaner = new ReplyCleaner(holds: host.Habits.ThinksFirst != false);
        seam = new Seam(partial);
        open = () => host.Client.GetStreamingResponseAsync(sent, options, cancel).GetAsyncEnumerator(cancel);
    }

    /// <summary>Whether the host took the question, so that it costs something.</summary>
    public bool Accepted { get; private set; }
    public string? Model { get; private set; }
    public UsageDetails? Usage { get; private set; }

    /// <summary>How the host says that the answer ended; null while it goes on.</summary>
    public ChatFinishReason? End { get; private set; }
    public bool HasEnded => End is not null;

    /// <summary>Whether the last piece held text, be it thoughts.</summary>
    public bool HadText { get; private set; }

    /// <summary>The host writes on where it was told to stop.</summary>
    public bool IsTooLong => ascii + other >= mostCharacters && !HasEnded;

    /// <summary>Text that was given out was a thought.</summary>
    public bool TookBack => cleaner.TookBack;

    /// <summary>The host does not go on with the text it was given, so nothing of its own is given out.</summary>
    public bool BeginsAnew => seam.BeginsAnew;

    /// <summary>What is wrong with an answer of which nothing is left.</summary>
    public string Wordless => cleaner.LeftOut + thoughtsApart == 0
        ? "It ended without a word."
        : $"It ended without a word for the reader: all of its {cleaner.LeftOut + thoughtsApart} characters were thoughts, control tokens or calls of tools.";

    /// <summary>What went wrong, for staff.</summary>
    public string Note { get; set; } = "";

    /// <summary>Reads the next piece.</summary>
    /// <returns>False when the host says no more.</returns>
    public async Task<bool> MoveAsync()
    {
        updates ??= open();
        if (!await updates.MoveNextAsync()) return false;
        var update = updates.Current;
        Accepted = true;
        Model = update.ModelId ?? Model;
        Usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? Usage;
        var thoughts = update.Contents.OfType<TextReasoningContent>().Sum(content => content.Text.Length);
        HadText = !HasEnded && (thoughts > 0 || update.Text.Length > 0);
        if (HasEnded) return true;
        if (thoughts > 0) cleaner.ThoughtsAreApart();
        thoughtsApart += thoughts;
        if (update.Text.Length > 0) Read(update.Text);
        End = update.FinishReason ?? (cleaner.Ended ? ChatFinishReason.Stop : null);
        return true;
    }

    /// <returns>The text that has become certain since the last look.</returns>
    public string Take()
    {
        var text = BeginsAnew ? "" : certain;
        certain = "";
        return text;
    }

    /// <summary>No more comes: what was held is certain now.</summary>
    public void EndText()
    {
        if (!textEnded) certain += seam.Push(cleaner.Finish(), final: true);
        textEnded = true;
    }

    /// <summary>Learns from a whole answer where this host's thoughts stand. One that was cut may be nothing but thoughts.</summary>
    public void Learn()
    {
        if (End == ChatFinishReason.Stop && cleaner.ThoughtsCameFirst is { } first && (first || host.Habits.ThinksFirst is null)) host.Habits.ThinksFirst = first;
    }

    /// <summary>What it cost, as the host counted, or as an estimate where it was not heard out or says nothing believable.</summary>
    public CallPart Part()
    {
        var counted = Usage is { OutputTokenCount: > 0 } || (Usage is not null && ascii + other == 0) ? Usage : null;
        var (input, cached, output) = counted is null
            ? (sent.Sum(message => TokenEstimate.Of(message.Text)), 0, TokenEstimate.Of(ascii + thoughtsApart, other))
            : ((int)counted.InputTokenCount!, (int)counted.CachedInputTokenCount!, (int)counted.OutputTokenCount!);
        if (counted is not null) host.Figures.Read(input, cached);
        return new(host.Options.Name, Model ?? host.Options.Model)
        {
            Input = input, Cached = cached, Output = output, CostMicro = host.Options.CostMicro(input, cached, output),
            Estimated = counted is null, LeftOut = cleaner.LeftOut + thoughtsApart, Note = Note,
        };
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (updates is not null) await updates.DisposeAsync();
        }
        catch (Exception)
        {
            // Whatever a stream that is given up still has to say changes nothing.
        }
    }

    private void Read(string text)
    {
        host.Figures.Wrote();
        text = text[..(int)Math.Min(text.Length, mostCharacters - ascii - other)];
        var narrow = text.Count(char.IsAscii);
        (ascii, other) = (ascii + narrow, other + text.Length - narrow);
        certain += seam.Push(cleaner.Push(text), final: false);
    }
}
