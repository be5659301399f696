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

    /// <summary>The text the student saw so far; null when nothing runs here.</summary>
    Task<string?> ShownTextAsync();

    /// <summary>Stops without an answer; the caller has said in the ledger how it ended.</summary>
    [OneWay]
    Task StopAsync();
}

/// <summary>A node with viewers.</summary>
internal interface IHintObserver : IGrainObserver
{
    [OneWay]
    Task OnAsync(HintChunk chunk);
}
