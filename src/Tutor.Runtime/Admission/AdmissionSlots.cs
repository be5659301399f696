using Microsoft.Extensions.Options;
using Tutor.Inference.Hosts;

namespace Tutor.Runtime.Admission;

/// <summary>How many hints are worked on at once, as things stand now.</summary>
internal sealed class AdmissionSlots(IOptions<RuntimeOptions> options, ModelPool? pool = null)
{
    // The ladder writer costs next to nothing; the sandbox has slots of its own.
    private const int WithoutModel = 16;

    /// <remarks>A quarter more than the hosts can write, so that the next ones have run their tests when a host is free.</remarks>
    public int Count => options.Value.Slots ?? (pool?.Slots is > 0 and var slots ? slots + Math.Max(2, slots / 4) : WithoutModel);
}
