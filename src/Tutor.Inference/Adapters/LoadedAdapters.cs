using LLama.Native;
using Tutor.Inference.Backends;
using Tutor.Inference.Gguf;

namespace Tutor.Inference.Adapters;

/// <summary>The adapters of a model by name. Number 0 is the model as it is.</summary>
internal sealed class LoadedAdapters
{
    private readonly List<(string Name, LoraAdapter Adapter, float Scale)> loaded = [];

    public IReadOnlyList<string> Names => [.. loaded.Select(adapter => adapter.Name)];

    public int Count => loaded.Count;

    /// <exception cref="ModelFileException">A file is no adapter for this model.</exception>
    public static LoadedAdapters Load(SafeLlamaModelHandle model, string architecture, IReadOnlyList<AdapterFile> files)
    {
        var adapters = new LoadedAdapters();
        foreach (var file in files) adapters.Add(model, architecture, file);
        return adapters;
    }

    /// <exception cref="UnknownAdapterException">None is called so.</exception>
    public int NumberOf(string? name)
    {
        if (string.IsNullOrEmpty(name)) return 0;
        var index = loaded.FindIndex(adapter => adapter.Name == name);
        return index >= 0 ? index + 1 : throw new UnknownAdapterException(name, Names);
    }

    /// <summary>Makes a context compute with one adapter, or with none for 0.</summary>
    public void Apply(SafeLLamaContextHandle context, int number)
    {
        if (number == 0) context.SetLoraAdapters();
        else context.SetLoraAdapters((loaded[number - 1].Adapter, loaded[number - 1].Scale));
    }

    private void Add(SafeLlamaModelHandle model, string architecture, AdapterFile file)
    {
        if (file.Name.Length == 0 || loaded.Any(adapter => adapter.Name == file.Name))
        {
            throw new ModelFileException(file.Path, $"its adapter needs a name of its own; \"{file.Name}\" is empty or taken.");
        }
        ModelFileCheck.CheckAdapter(file.Path, architecture);
        var adapter = NativeLog.Listen(() => model.LoadLoraFromFile(file.Path), out var reason);
        if (adapter is null || LlamaCalls.PointerOf(adapter) == 0) throw new ModelFileException(file.Path, reason.Length > 0 ? reason : "the library gave no reason.");
        loaded.Add((file.Name, adapter, file.Scale));
    }
}
