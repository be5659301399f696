namespace Tutor.Inference.Adapters;

/// <summary>A request named an adapter that is not loaded.</summary>
public sealed class UnknownAdapterException(string name, IEnumerable<string> loaded) : Exception(
    $"No adapter is called \"{name}\". Loaded: {string.Join(", ", loaded.DefaultIfEmpty("none"))}.")
{
    public string Name { get; } = name;
}
