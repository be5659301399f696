namespace Tutor.Inference.Native;

/// <summary>Owns a loaded LoRA adapter. Contexts that use it must be gone first.</summary>
internal sealed class AdapterHandle : ModelPart
{
    protected override void Free(nint pointer) => LlamaNative.llama_adapter_lora_free(pointer);
}
