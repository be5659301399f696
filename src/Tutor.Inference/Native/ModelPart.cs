using Microsoft.Win32.SafeHandles;

namespace Tutor.Inference.Native;

/// <summary>Something native that must be gone before its model is.</summary>
internal abstract class ModelPart() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    private ModelHandle? model;

    /// <summary>Keeps the model alive until this is released.</summary>
    public void Hold(ModelHandle owner)
    {
        var held = false;
        owner.DangerousAddRef(ref held);
        model = owner;
    }

    protected abstract void Free(nint pointer);

    protected override bool ReleaseHandle()
    {
        Free(handle);
        model?.DangerousRelease();
        return true;
    }
}
