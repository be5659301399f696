namespace Tutor.Inference.Models;

/// <summary>A model file of the folder.</summary>
/// <param name="Source">Where it came from: a hub's file, or the path it was copied from.</param>
public sealed record ModelFile(string Name, long Size, string Sha256, string Source, DateTimeOffset Added);
