using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Tutor.Inference.Native;

/// <summary>Loads the native libraries once for the process, and refuses what does not fit.</summary>
internal static unsafe class NativeRuntime
{
    private const int Gpu = 1;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Libraries = [];
    private static LlamaBackend? loaded;
    private static string folder = "";

    /// <summary>The backend the libraries beside this program are for.</summary>
    public static LlamaBackend Built => Enum.Parse<LlamaBackend>(
        typeof(NativeRuntime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == nameof(LlamaBackend)).Value!, ignoreCase: true);

    public static string FolderOf(LlamaBackend backend) =>
        Path.Combine(AppContext.BaseDirectory, "llama", (backend == LlamaBackend.Built ? Built : backend).ToString().ToLowerInvariant());

    /// <summary>Loads the libraries for a backend; at once when they are loaded already.</summary>
    /// <exception cref="NativeLibraryException">They are missing, of another version, or their device cannot be used.</exception>
    public static void Load(LlamaBackend backend, ILogger log)
    {
        if (backend == LlamaBackend.Built) backend = Built;
        lock (Gate)
        {
            if (loaded == backend) return;
            if (loaded is { } other)
            {
                throw new NativeLibraryException($"This process runs the {other} libraries already; {backend} needs a process of its own.");
            }
            Open(backend, log);
            loaded = backend;
        }
    }

    /// <summary>The loaded library of one of the names in <see cref="LlamaNative"/>.</summary>
    public static nint Library(string name) => Libraries[name];

    /// <summary>Devices in the order the library uses them.</summary>
    public static IReadOnlyList<NativeDevice> Devices()
    {
        var devices = new NativeDevice[(int)LlamaNative.ggml_backend_dev_count()];
        for (var i = 0; i < devices.Length; i++)
        {
            var device = LlamaNative.ggml_backend_dev_get((nuint)i);
            LlamaNative.ggml_backend_dev_memory(device, out var free, out var total);
            devices[i] = new NativeDevice(
                LlamaNative.Text(LlamaNative.ggml_backend_dev_name(device)), LlamaNative.Text(LlamaNative.ggml_backend_dev_description(device)),
                LlamaNative.ggml_backend_dev_type(device) == Gpu, (long)free, (long)total);
        }
        return devices;
    }

    private static void Open(LlamaBackend backend, ILogger log)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new NativeLibraryException("The embedded engine runs on 64 bit x86 Linux. Use a model host on such a machine (ModelHosts in the settings).");
        }
        if (Libraries.Count == 0) OpenLibraries(backend);
        NativeLog.Install(log);
        if (NativeLayout.Differences() is { Count: > 0 } differences)
        {
            throw new NativeLibraryException($"The libraries in {folder} do not fit this program: {string.Join("; ", differences)}. Build it again, so that it fetches the version it was written for.");
        }
        LlamaNative.llama_backend_init();
        // Loads the variant for this processor. It would try CUDA too, and hide a failure: that library is in a folder of its own.
        LlamaNative.ggml_backend_load_all_from_path(folder);
        if (LlamaNative.ggml_backend_dev_count() == 0) throw new NativeLibraryException($"No library in {folder} runs on this processor.");
        if (backend != LlamaBackend.Cpu) OpenCuda();
        foreach (var device in Devices()) log.LogInformation("Model device {Device}: {Description}", device.Name, device.Description);
    }

    private static void OpenLibraries(LlamaBackend backend)
    {
        folder = FolderOf(backend);
        // A failed assertion would start gdb for a stack trace where it is installed, and hang a server with it.
        _ = LlamaNative.setenv("GGML_NO_BACKTRACE", "1", 1);
        foreach (var name in (string[])[LlamaNative.GgmlBase, LlamaNative.Ggml, LlamaNative.Llama])
        {
            var path = Path.Combine(folder, name == LlamaNative.GgmlBase ? "libggml-base.so" : $"lib{name}.v{NativeLayout.Version}.so");
            if (!File.Exists(path))
            {
                throw new NativeLibraryException($"{path} is missing. Build with -p:LlamaBackend={backend.ToString().ToLowerInvariant()}, which fetches it.");
            }
            try
            {
                Libraries[name] = NativeLibrary.Load(path);
            }
            catch (DllNotFoundException error)
            {
                throw new NativeLibraryException($"{path} cannot be loaded. It needs glibc 2.34 and libstdc++ of GCC 12 or later (Debian 12, Ubuntu 22.04). {error.Message}");
            }
        }
        NativeLibrary.SetDllImportResolver(typeof(NativeRuntime).Assembly, (name, _, _) => Libraries.GetValueOrDefault(name));
    }

    // The library itself would go on with the processor when CUDA cannot be loaded, a hundred times slower and without a word.
    private static void OpenCuda()
    {
        var path = Path.Combine(folder, "gpu", "libggml-cuda.so");
        var found = NativeLog.Listen(() => LlamaNative.ggml_backend_load(path), out var reason);
        if (found == 0)
        {
            throw new NativeLibraryException(
                $"The CUDA backend cannot be loaded: {reason.TrimEnd(' ', '.', '\n')}. Install NVIDIA's driver and the CUDA runtime and cuBLAS it names, or set the engine's Backend to Cpu.");
        }
        if (!Devices().Any(device => device.IsGpu))
        {
            throw new NativeLibraryException("The CUDA backend finds no GPU. Check that nvidia-smi lists one in this container or machine, or set the engine's Backend to Cpu.");
        }
    }
}
