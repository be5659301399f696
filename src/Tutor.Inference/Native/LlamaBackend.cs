namespace Tutor.Inference.Native;

/// <summary>Which native libraries to run on. They are fetched when the project is built, by <c>-p:LlamaBackend=cpu|cuda12|cuda13</c>.</summary>
public enum LlamaBackend
{
    /// <summary>The one the project was built with.</summary>
    Built,
    Cpu,
    Cuda12,
    Cuda13,
}
