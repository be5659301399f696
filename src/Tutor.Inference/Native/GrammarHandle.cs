namespace Tutor.Inference.Native;

/// <summary>Owns a grammar sampler and how far it has come.</summary>
internal sealed class GrammarHandle : ModelPart
{
    protected override void Free(nint pointer) => LlamaNative.llama_sampler_free(pointer);
}
