using System.Runtime.InteropServices;

namespace Tutor.Inference.Native;

/// <summary><c>llama_batch</c>, 56 bytes on x64. The pointers belong to the native side (<c>llama_batch_init</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBatch
{
    public int Count;
    public int* Token;
    public float* Embedding;
    public int* Position;
    public int* SequenceCount;
    public int** Sequence;
    public sbyte* Output;
}
