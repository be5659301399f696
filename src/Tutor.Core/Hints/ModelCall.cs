using Microsoft.Extensions.AI;

namespace Tutor.Core.Hints;

/// <summary>What the pipeline and the model pool tell each other beside the messages of an <see cref="IChatClient"/>.</summary>
public static class ModelCall
{
    /// <summary>On <see cref="ChatOptions"/>: calls with equal values share a prompt prefix and should go to the same host (string).</summary>
    public const string Affinity = "tutor.affinity";

    /// <summary>On <see cref="ChatOptions"/>: where the pool notes each host's part and its cost (<see cref="CallRecord"/>).</summary>
    public const string Record = "tutor.record";

    /// <summary>On each update: the host that wrote it (string).</summary>
    public const string Host = "tutor.host";

    /// <summary>On an update whose text takes the place of all before it: why, as a sentence for the student (string).</summary>
    public const string Restarted = "tutor.restarted";

    /// <summary>A reason to begin anew.</summary>
    public const string AnotherHost = "The model stopped answering in the middle, and another one begins this hint anew.";

    /// <summary>A reason to begin anew.</summary>
    public const string ThoughtsShown = "What stood here were the model's notes to itself; the hint follows.";
}

/// <summary>No model host is configured, healthy and able to finish this call. The ladder writes the hint instead.</summary>
public sealed class ModelUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
