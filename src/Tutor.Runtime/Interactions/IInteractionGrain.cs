using Orleans.Concurrency;

namespace Tutor.Runtime.Interactions;

/// <summary>One interaction at work. Its key is the interaction's id.</summary>
internal interface IInteractionGrain : IGrainWithStringKey
{
    /// <summary>Claims the row and begins. Called by admission only: whoever else called it would jump the queue.</summary>
    /// <returns>False when there is nothing to do here: the row is finished or someone else has it.</returns>
    Task<bool> StartAsync();

    /// <summary>Sends all that happens from now on to a node.</summary>
    /// <returns>All there is so far; null when nothing runs here.</returns>
    Task<HintChunk?> AttachAsync(IHintObserver node);

    [OneWay]
    Task DetachAsync(IHintObserver node);

    /// <summary>What the student saw so far; null when nothing runs here.</summary>
    Task<ShownText?> ShownTextAsync();

    /// <summary>Stops without an answer; the caller has said in the ledger how it ended.</summary>
    [OneWay]
    Task StopAsync();
}

/// <param name="Now">Text on the page.</param>
/// <param name="Ever">There was text on the page, be it one that was taken back since.</param>
[GenerateSerializer, Immutable]
internal sealed record ShownText([property: Id(0)] string Now, [property: Id(1)] bool Ever);

/// <summary>A node with viewers.</summary>
internal interface IHintObserver : IGrainObserver
{
    [OneWay]
    Task OnAsync(HintChunk chunk);
}
