using Microsoft.Extensions.AI;

namespace Tutor.Core.Hints;

/// <summary>What the pipeline and the model pool tell each other beside the messages of an <see cref="IChatClient"/>.</summary>
public static class ModelCall
{
    /// <summary>On <see cref="ChatOptions"/>: calls with equal values share a prompt prefix and should go to the same host (string).</summary>
    public const string Affinity = "tutor.affinity";

    /// <summary>On each update: the host that wrote it (string).</summary>
    public const string Host = "tutor.host";

    /// <summary>On the update that carries the usage: its price in millionths of the price list's currency (long).</summary>
    public const string CostMicro = "tutor.cost_micro";
}

/// <summary>No model host is configured, healthy and able to finish this call. The ladder writes the hint instead.</summary>
public sealed class ModelUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
