namespace Tutor.Inference.Gguf;

/// <summary>A model or adapter file that cannot be loaded; the message says what is wrong with it.</summary>
public sealed class ModelFileException(string path, string problem) : Exception($"{path} cannot be loaded: {problem}")
{
    public string Path { get; } = path;
}
