using Microsoft.Win32.SafeHandles;

namespace Tutor.Inference.Native;

/// <summary>Owns a <c>llama_model</c>. Contexts and adapters of the model hold a reference, so it is freed after them.</summary>
internal sealed class ModelHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LlamaNative.llama_model_free(handle);
        return true;
    }
}
