namespace Tutor.Inference.Native;

/// <summary>The native libraries are missing, of another version, or their device cannot be used.</summary>
public sealed class NativeLibraryException(string message) : Exception(message);
