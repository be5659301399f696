namespace Tutor.Inference.Native;

/// <summary>What <c>llama_decode</c> returns, and what to do then.</summary>
internal enum DecodeStatus
{
    Ok = 0,

    /// <summary>No room in the KV cache; nothing changed. Free cells and decode the same batch again.</summary>
    NoRoom = 1,

    /// <summary>The abort callback said stop. Earlier micro-batches stay: read each sequence's last position before going on.</summary>
    Aborted = 2,

    /// <summary>A wrong token, position or sequence; nothing changed. It is a fault of the caller.</summary>
    InvalidBatch = -1,

    /// <summary>Memory for the computation could not be had. Its sequences lost the failed part: drop them.</summary>
    AllocationFailed = -2,

    /// <summary>The device failed. Its sequences lost the failed part: drop them; if it repeats, load the model again.</summary>
    ComputeFailed = -3,
}
