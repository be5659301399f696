namespace Tutor.Inference.Gguf;

/// <param name="Shape">Innermost dimension first.</param>
/// <param name="Type">Number of the format in ggml's list of types.</param>
/// <param name="Offset">Bytes from <see cref="GgufFile.DataOffset"/>.</param>
public sealed record GgufTensor(string Name, IReadOnlyList<long> Shape, int Type, long Offset);
