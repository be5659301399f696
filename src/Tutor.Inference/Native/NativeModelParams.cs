using System.Runtime.InteropServices;

namespace Tutor.Inference.Native;

/// <summary><c>llama_model_params</c> of llama.cpp 0.5.0, 80 bytes on x64. Booleans are bytes so that the struct is blittable.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeModelParams
{
    public nint Devices;
    public nint TensorBufferOverrides;
    public int GpuLayers;
    public int SplitMode;
    public int LoadMode;
    public int LazyMode;
    public int MainGpu;
    public nint TensorSplit;
    public nint ProgressCallback;
    public nint ProgressUserData;
    public nint KvOverrides;
    public byte VocabularyOnly;
    public byte CheckTensors;
    public byte UseExtraBuffers;
    public byte NoHost;
    public byte NoAlloc;
    public byte LoadMtp;
}
