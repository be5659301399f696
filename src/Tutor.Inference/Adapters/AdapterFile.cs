namespace Tutor.Inference.Adapters;

/// <summary>A LoRA adapter in GGUF form (Hu et al. 2021) for the model it is loaded with.</summary>
/// <param name="Name">What requests call it.</param>
/// <param name="Scale">Multiplies its effect; 1 is as trained.</param>
public sealed record AdapterFile(string Name, string Path, float Scale = 1);
