using System.Text.RegularExpressions;
using Tutor.Core;

namespace Tutor.Inference.Gguf;

/// <summary>Looks at model and adapter files before native code does.</summary>
/// <remarks>
/// llama.cpp answers most faults with an error, but some end the process by a failed assertion: no layers, two equal tokens, no
/// vocabulary, an empty key. And an end-of-text token that is missing silently becomes token 11, an ordinary character. The sizes of the
/// tensors it compares by itself.
/// </remarks>
public static partial class ModelFileCheck
{
    private static readonly string[] Positive = ["block_count", "embedding_length", "context_length", "attention.head_count", "feed_forward_length"];

    /// <returns>The header of the file; of the first one when the model is split over several.</returns>
    /// <exception cref="ModelFileException">It cannot be loaded.</exception>
    public static GgufFile CheckModel(string path)
    {
        var file = GgufFile.Read(path);
        if (file.Architecture.Length == 0) throw new ModelFileException(path, "its metadata has no general.architecture.");
        if (file.Text("general.type") is "adapter") throw new ModelFileException(path, "it is an adapter. Name it in Adapters, and its base model in ModelPath.");
        foreach (var name in Positive)
        {
            if (file.Hyperparameter(name) is { } value and (<= 0 or > int.MaxValue)) throw new ModelFileException(path, $"{file.Architecture}.{name} is {value}.");
        }
        if (file.Hyperparameter("block_count") is null) throw new ModelFileException(path, $"{file.Architecture}.block_count is missing.");
        if (file.Tensors.Count == 0) throw new ModelFileException(path, "it has no tensors.");
        CheckTensors(path, file);
        CheckVocabulary(path, file);
        foreach (var part in PartsOf(path, file).Skip(1)) CheckTensors(part, GgufFile.Read(part));
        return file;
    }

    /// <exception cref="ModelFileException">It is no LoRA adapter for a model of this architecture.</exception>
    public static GgufFile CheckAdapter(string path, string architecture)
    {
        var file = GgufFile.Read(path);
        if (file.Text("general.type") is not "adapter" || file.Text("adapter.type") is not "lora") throw new ModelFileException(path, "it is not a LoRA adapter (general.type and adapter.type).");
        if (file.Architecture != architecture) throw new ModelFileException(path, $"it is for models of the architecture {file.Architecture}; the model is {architecture}.");
        if (file.Metadata.GetValueOrDefault("adapter.lora.alpha") is not double) throw new ModelFileException(path, "adapter.lora.alpha is missing.");
        CheckTensors(path, file);
        return file;
    }

    /// <summary>The files of a model, the named one first.</summary>
    /// <exception cref="ModelFileException">It is a part, and not named as the first one.</exception>
    public static IReadOnlyList<string> PartsOf(string path, GgufFile file)
    {
        if (file.Integer("split.count") is not { } count || count <= 1) return [path];
        var name = PartName().Match(path);
        if (!name.Success) throw new ModelFileException(path, $"it is one of {count} parts and must be called NAME-00001-of-{count:D5}.gguf.");
        if (file.Integer("split.no") is not (null or 0)) throw new ModelFileException(path, "it is not the first part of its model; name that one.");
        return [path, .. Enumerable.Range(2, (int)count - 1).Select(part => $"{path[..name.Index]}-{part:D5}-of-{count:D5}.gguf")];
    }

    private static void CheckTensors(string path, GgufFile file)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in file.Tensors)
        {
            if (!names.Add(tensor.Name)) throw new ModelFileException(path, $"the tensor {tensor.Name} occurs twice.");
            if (tensor.Offset < 0 || tensor.Offset >= file.Length - file.DataOffset) throw new ModelFileException(path, $"the data of {tensor.Name} lies behind its end. It was not copied to its end.");
        }
    }

    private static void CheckVocabulary(string path, GgufFile file)
    {
        var kind = file.Text("tokenizer.ggml.model");
        if (kind is null or "none" or "no_vocab") throw new ModelFileException(path, "it has no tokenizer, so it cannot be given text.");
        if (file.Metadata.GetValueOrDefault("tokenizer.ggml.tokens") is not string[] { Length: > 0 } tokens) throw new ModelFileException(path, "tokenizer.ggml.tokens is missing.");
        var seen = new HashSet<string>(tokens.Length, StringComparer.Ordinal);
        foreach (var token in tokens)
        {
            if (!seen.Add(token)) throw new ModelFileException(path, $"the token \"{token}\" is in its vocabulary twice.");
        }
        foreach (var (key, value) in file.Metadata)
        {
            if (key.StartsWith("tokenizer.ggml.", StringComparison.Ordinal) && key.EndsWith("_token_id", StringComparison.Ordinal)
                && value is long id && (id < 0 || id >= tokens.Length) && id != uint.MaxValue)
            {
                throw new ModelFileException(path, $"{key} is {id}, and the vocabulary has {tokens.Length} tokens.");
            }
        }
        if (kind == "gpt2" && file.Integer("tokenizer.ggml.eos_token_id") is null) throw new ModelFileException(path, "tokenizer.ggml.eos_token_id is missing, so no answer would find its end.");
    }

    [GeneratedRegex(@"-\d{5}-of-\d{5}\.gguf$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex PartName();
}
