using System.Runtime.InteropServices;

namespace Tutor.Inference.Native;

/// <summary><c>llama_context_params</c> of llama.cpp 0.5.0, 160 bytes on x64.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeContextParams
{
    public uint Context;
    public uint Batch;
    public uint MicroBatch;
    public uint Sequences;
    public uint RecurrentSnapshots;
    public uint Outputs;
    public uint OutputsPerSequence;
    public int Threads;
    public int BatchThreads;
    public int ContextType;
    public int RopeScaling;
    public int Pooling;
    public int Attention;
    public int FlashAttention;
    public float RopeBase;
    public float RopeScale;
    public float YarnExtension;
    public float YarnAttention;
    public float YarnBetaFast;
    public float YarnBetaSlow;
    public uint YarnOriginalContext;
    public float DefragThreshold;
    public nint EvalCallback;
    public nint EvalUserData;
    public int KeyType;
    public int ValueType;
    public nint AbortCallback;
    public nint AbortUserData;
    public byte Embeddings;
    public byte OffloadKv;
    public byte NoPerformance;
    public byte OffloadOperations;
    public byte FullSlidingWindow;
    public byte UnifiedKv;
    public nint Samplers;
    public nuint SamplerCount;
    public nint OtherContext;
}
