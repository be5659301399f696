namespace Tutor.Inference.Models;

/// <summary>What the hub says about a file before it is fetched.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">64 hexadecimal digits, or null where the hub names none.</param>
/// <param name="Tag">Changes when the file does.</param>
public sealed record HubFileInfo(long Size, string? Sha256, string Tag);
