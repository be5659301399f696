namespace Tutor.Inference.Backends;

/// <summary>What the model computes on. Its native libraries come with the build: <c>-p:LlamaBackend=cpu|cuda12|cuda13|vulkan</c>.</summary>
public enum LlamaBackend
{
    /// <summary>The one the project was built with.</summary>
    Built,
    Cpu,
    Cuda12,
    Cuda13,
    Vulkan,
}
