namespace Tutor.Inference.Gguf;

/// <summary>What the header of a GGUF file says: its metadata and where its tensors are. The weights are not read.</summary>
/// <remarks>Format: version 2 and 3 of https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, little endian.</remarks>
public sealed class GgufFile
{
    /// <summary>Scalars as <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="string"/>; arrays of these as arrays.</summary>
    public required IReadOnlyDictionary<string, object> Metadata { get; init; }

    public required IReadOnlyList<GgufTensor> Tensors { get; init; }

    /// <summary>Where the tensors' data begins; their offsets count from there.</summary>
    public required long DataOffset { get; init; }

    public required long Length { get; init; }

    public string Architecture => Text("general.architecture") ?? "";

    /// <exception cref="ModelFileException">The file is missing, or is not a whole GGUF header.</exception>
    public static GgufFile Read(string path)
    {
        if (!File.Exists(path)) throw new ModelFileException(path, "there is no such file.");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        return new GgufReader(path, file).Read();
    }

    public string? Text(string key) => Metadata.GetValueOrDefault(key) as string;

    public long? Integer(string key) => Metadata.GetValueOrDefault(key) as long?;

    /// <summary>A hyperparameter of the model's architecture, which some models give per layer; then the largest.</summary>
    public long? Hyperparameter(string name) => Metadata.GetValueOrDefault($"{Architecture}.{name}") switch
    {
        long value => value,
        long[] { Length: > 0 } layers => layers.Max(),
        _ => null,
    };
}
