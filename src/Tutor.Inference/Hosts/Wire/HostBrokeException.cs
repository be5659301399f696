namespace Tutor.Inference.Hosts.Wire;

/// <summary>A host sent what no answer can be made of. The message holds nothing of what it sent.</summary>
internal sealed class HostBrokeException(string message, Exception? inner = null) : Exception(message, inner);
