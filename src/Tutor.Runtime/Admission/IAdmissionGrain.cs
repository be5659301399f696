using Orleans.Concurrency;

namespace Tutor.Runtime.Admission;

/// <summary>Lets hints start, a bounded number at a time. One activation for each model pool; its key is the pool's name.</summary>
internal interface IAdmissionGrain : IGrainWithStringKey
{
    /// <summary>Word that a row was stored. Losing it costs at most two seconds: the ledger has the row.</summary>
    [OneWay]
    Task EnqueueAsync(QueuedHint hint);

    /// <summary>Word that a row needs no slot any more.</summary>
    [OneWay]
    Task DoneAsync(string id, TimeSpan? took);

    /// <summary>Called once a second by every node; brings the grain to life where it died.</summary>
    Task TickAsync();

    /// <summary>Word that rows came free which some node had been running.</summary>
    [OneWay]
    Task LookAsync();
    Task<QueueSnapshot> SnapshotAsync();
}
