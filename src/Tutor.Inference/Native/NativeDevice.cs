namespace Tutor.Inference.Native;

/// <summary>What computes.</summary>
/// <param name="FreeBytes">Memory that is free now, of <paramref name="TotalBytes"/>.</param>
internal sealed record NativeDevice(string Name, string Description, bool IsGpu, long FreeBytes, long TotalBytes);
