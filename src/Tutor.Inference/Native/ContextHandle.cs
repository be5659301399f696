namespace Tutor.Inference.Native;

/// <summary>Owns a <c>llama_context</c>. Not thread-safe: one thread at a time may use it, and everything that reads its memory.</summary>
internal sealed class ContextHandle : ModelPart
{
    protected override void Free(nint pointer) => LlamaNative.llama_free(pointer);
}
