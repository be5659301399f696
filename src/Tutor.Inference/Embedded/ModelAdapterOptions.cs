using System.ComponentModel.DataAnnotations;

namespace Tutor.Inference.Embedded;

/// <summary>A LoRA adapter of the model.</summary>
public sealed class ModelAdapterOptions
{
    /// <summary>Name to ask for it by, as a model.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The GGUF file.</summary>
    [Required]
    public string Path { get; set; } = "";

    public float Scale { get; set; } = 1;

    /// <summary>Courses whose hints it writes without being asked for by name.</summary>
    public IList<string> Courses { get; } = [];
}
