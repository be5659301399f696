using System.Runtime.InteropServices;

namespace Tutor.Inference.Native;

/// <summary><c>llama_token_data</c>, 12 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeTokenData
{
    public int Token;
    public float Logit;
    public float Probability;
}

/// <summary><c>llama_token_data_array</c>, 32 bytes on x64.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeTokenDataArray
{
    public NativeTokenData* Data;
    public nuint Size;
    public long Selected;
    public byte Sorted;
}
