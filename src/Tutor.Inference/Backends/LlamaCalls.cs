using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LLama.Native;

namespace Tutor.Inference.Backends;

/// <summary>What the engine needs of llama.cpp's C API and LLamaSharp does not give, each with its reason.</summary>
/// <remarks>Found by name among the libraries that LLamaSharp has loaded, so never before <see cref="BackendLibraries.Load"/>.</remarks>
internal static partial class LlamaCalls
{
    // LLamaSharp's Decode holds one lock for the whole process, in which an embedding would stop every answer, and pins and clears
    // each row of the batch for each token.
    [DllImport("llama")] public static extern DecodeResult llama_decode(SafeLLamaContextHandle context, LLamaNativeBatch batch);

    // LLamaSharp asks a model whether it is recurrent, but not whether half of its layers are.
    [DllImport("llama")][return: MarshalAs(UnmanagedType.U1)] public static extern bool llama_model_is_hybrid(SafeLlamaModelHandle model);

    // A grammar that the library refuses stands in LLamaSharp's chain as a null pointer, which would end the process when it is used.
    [DllImport("llama")] public static extern nint llama_sampler_chain_get(SafeLLamaSamplerChainHandle chain, int index);

    // How much a card's memory holds, and what it is called.
    [DllImport("ggml-base")] public static extern void ggml_backend_dev_memory(nint device, out nuint free, out nuint total);
    [DllImport("ggml-base")] public static extern nint ggml_backend_dev_description(nint device);

    // LLamaSharp returns an adapter also where the library refused its file; only this says so.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Pointer")] public static extern nint PointerOf(LoraAdapter adapter);
}
