using Tutor.Inference.Gguf;
using Tutor.Inference.Native;

namespace Tutor.Inference.Adapters;

/// <summary>The adapters of a model by name. Number 0 is the model as it is.</summary>
internal sealed unsafe class LoadedAdapters : IDisposable
{
    private readonly List<(string Name, AdapterHandle Handle, float Scale)> loaded = [];

    public IReadOnlyList<string> Names => [.. loaded.Select(adapter => adapter.Name)];

    public int Count => loaded.Count;

    /// <exception cref="ModelFileException">A file is no adapter for this model.</exception>
    public static LoadedAdapters Load(ModelHandle model, string architecture, IReadOnlyList<AdapterFile> files)
    {
        var adapters = new LoadedAdapters();
        try
        {
            foreach (var file in files) adapters.Add(model, architecture, file);
            return adapters;
        }
        catch
        {
            adapters.Dispose();
            throw;
        }
    }

    /// <exception cref="UnknownAdapterException">None is called so.</exception>
    public int NumberOf(string? name)
    {
        if (string.IsNullOrEmpty(name)) return 0;
        var index = loaded.FindIndex(adapter => adapter.Name == name);
        return index >= 0 ? index + 1 : throw new UnknownAdapterException(name, Names);
    }

    /// <summary>Makes a context compute with one adapter, or with none for 0.</summary>
    public void Apply(ContextHandle context, int number)
    {
        if (number == 0)
        {
            _ = LlamaNative.llama_set_adapters_lora(context, null, 0, null);
            return;
        }
        var (_, handle, scale) = loaded[number - 1];
        var pointer = handle.DangerousGetHandle();
        _ = LlamaNative.llama_set_adapters_lora(context, &pointer, 1, &scale);
    }

    public void Dispose()
    {
        foreach (var (_, handle, _) in loaded) handle.Dispose();
    }

    private void Add(ModelHandle model, string architecture, AdapterFile file)
    {
        if (file.Name.Length == 0 || loaded.Any(adapter => adapter.Name == file.Name))
        {
            throw new ModelFileException(file.Path, $"its adapter needs a name of its own; \"{file.Name}\" is empty or taken.");
        }
        ModelFileCheck.CheckAdapter(file.Path, architecture);
        var handle = NativeLog.Listen(() => LlamaNative.llama_adapter_lora_init(model, file.Path), out var reason);
        if (handle.IsInvalid) throw new ModelFileException(file.Path, reason.Length > 0 ? reason : "the library gave no reason.");
        handle.Hold(model);
        loaded.Add((file.Name, handle, file.Scale));
    }
}
