namespace Tutor.Inference.Backends;

/// <summary>The native libraries are missing, or their device cannot be used.</summary>
public sealed class NativeLibraryException(string message) : Exception(message);
