using System.Runtime.InteropServices;

namespace Tutor.Inference.Native;

/// <summary>Checks that the library is the version whose structs are written down here, by its own defaults.</summary>
/// <remarks>
/// The C API has no versioned structs: a library with one more field would silently shift all that follow. The defaults are distinct
/// enough that a shift shows, and bytes behind the struct show a longer one.
/// </remarks>
internal static unsafe class NativeLayout
{
    public const string Version = "0.5.0";

    /// <returns>What differs; empty when everything is as expected.</returns>
    public static IReadOnlyList<string> Differences()
    {
        var found = new List<string>();
        var version = LlamaNative.Text(LlamaNative.llama_version());
        if (!version.StartsWith(Version, StringComparison.Ordinal)) found.Add($"llama_version is {version}, not {Version}");
        CheckSizes(found);
        CheckModel(found);
        CheckContext(found);
        return found;
    }

    private static void CheckSizes(List<string> found)
    {
        Expect(found, "llama_model_params size", sizeof(NativeModelParams), 80);
        Expect(found, "llama_context_params size", sizeof(NativeContextParams), 160);
        Expect(found, "llama_batch size", sizeof(NativeBatch), 56);
        Expect(found, "llama_token_data size", sizeof(NativeTokenData), 12);
        Expect(found, "llama_token_data_array size", sizeof(NativeTokenDataArray), 32);
    }

    private static void CheckModel(List<string> found)
    {
        var p = Guarded<NativeModelParams>(found, "llama_model_default_params");
        Expect(found, "model_params",
            (p.GpuLayers, p.SplitMode, p.LoadMode, p.LazyMode, p.MainGpu, p.KvOverrides, (p.VocabularyOnly, p.CheckTensors, p.UseExtraBuffers, p.NoHost, p.NoAlloc, p.LoadMtp)),
            (-1, 1, -1, 1, 0, 0, ((byte)0, (byte)0, (byte)1, (byte)0, (byte)0, (byte)0)));
    }

    private static void CheckContext(List<string> found)
    {
        var p = Guarded<NativeContextParams>(found, "llama_context_default_params");
        Expect(found, "context_params sizes", (p.Context, p.Batch, p.MicroBatch, p.Sequences, p.RecurrentSnapshots, p.Outputs, p.OutputsPerSequence), (512u, 2048u, 512u, 1u, 0u, 0u, 1u));
        Expect(found, "context_params kinds", (p.Threads, p.BatchThreads, p.ContextType, p.RopeScaling, p.Pooling, p.Attention, p.FlashAttention), (4, 4, 0, -1, -1, -1, -1));
        Expect(found, "context_params rope", (p.RopeBase, p.RopeScale, p.YarnExtension, p.YarnAttention, p.YarnBetaFast, p.YarnBetaSlow, p.YarnOriginalContext, p.DefragThreshold), (0f, 0f, -1f, -1f, -1f, -1f, 0u, -1f));
        Expect(found, "context_params types", (p.EvalCallback, p.EvalUserData, p.KeyType, p.ValueType, p.AbortCallback, p.AbortUserData), (0, 0, 1, 1, 0, 0));
        Expect(found, "context_params switches",
            (p.Embeddings, p.OffloadKv, p.NoPerformance, p.OffloadOperations, p.FullSlidingWindow, p.UnifiedKv, p.Samplers, (int)p.SamplerCount, p.OtherContext),
            ((byte)0, (byte)1, (byte)1, (byte)1, (byte)1, (byte)0, 0, 0, 0));
    }

    // Calls in with a buffer that goes on behind the struct, and looks whether the native side wrote there. The System V ABI for x64
    // passes the place for a returned struct as a hidden first argument, so the function can be called as one that takes a pointer.
    internal static T Guarded<T>(List<string> found, string name) where T : unmanaged
    {
        const byte filler = 0xCD;
        var buffer = stackalloc byte[1024];
        new Span<byte>(buffer, 1024).Fill(filler);
        var defaults = (delegate* unmanaged[Cdecl]<byte*, byte*>)NativeLibrary.GetExport(NativeRuntime.Library(LlamaNative.Llama), name);
        defaults(buffer);
        if (new Span<byte>(buffer + sizeof(T), 1024 - sizeof(T)).ContainsAnyExcept(filler)) found.Add($"{name} fills more than {sizeof(T)} bytes");
        return *(T*)buffer;
    }

    private static void Expect<T>(List<string> found, string name, T actual, T expected) where T : IEquatable<T>
    {
        if (!actual.Equals(expected)) found.Add($"{name} is {actual}, not {expected}");
    }
}
