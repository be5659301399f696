using System.Reflection;
using System.Runtime.InteropServices;
using LLama.Abstractions;
using LLama.Exceptions;
using LLama.Native;
using Microsoft.Extensions.Logging;

namespace Tutor.Inference.Backends;

/// <summary>Has LLamaSharp load the native libraries of one backend, once for the process, and refuses to run on another than was asked for.</summary>
internal static class BackendLibraries
{
    private static readonly Lock Gate = new();
    private static LlamaBackend? loaded;
    private static NativeLibraryException? failure;

    /// <summary>The backend whose package this program was built with.</summary>
    public static LlamaBackend Built => Enum.Parse<LlamaBackend>(
        typeof(BackendLibraries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == nameof(LlamaBackend)).Value!, ignoreCase: true);

    /// <summary>Loads the libraries for a backend; at once when they are loaded already.</summary>
    /// <exception cref="NativeLibraryException">They are missing, or their device cannot be used.</exception>
    public static void Load(LlamaBackend backend, ILogger log)
    {
        if (backend == LlamaBackend.Built) backend = Built;
        lock (Gate)
        {
            if (failure is not null) throw failure;
            if (loaded == backend) return;
            if (loaded is { } other) throw new NativeLibraryException($"This process runs the {other} libraries already; {backend} needs a process of its own.");
            try
            {
                Open(backend, log);
                loaded = backend;
            }
            catch (NativeLibraryException error)
            {
                // LLamaSharp tries once for a process.
                failure = error;
                throw;
            }
        }
    }

    private static void Open(LlamaBackend backend, ILogger log)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new NativeLibraryException("The embedded engine runs on 64 bit x86 Linux. Use a model host on such a machine (ModelHosts in the settings).");
        }
        // A failed assertion would start gdb for a stack trace where it is installed, and hang a server with it.
        CLibrary.SetEnvironment("GGML_NO_BACKTRACE", "1");
        NativeLog.SendTo(log);
        var choice = new OnlyBackend(backend);
        // The program's own folder first: LLamaSharp would look in the folder it was started from.
        NativeLibraryConfig.LLama.WithSelectingPolicy(choice).WithAutoFallback(false).WithSearchDirectory(AppContext.BaseDirectory).WithLogCallback(NativeLog.Write);
        try
        {
            NativeLibraryConfig.LLama.DryRun(out _);
        }
        catch (RuntimeError)
        {
            throw new NativeLibraryException(Reason(backend, choice.Folders));
        }
        NativeApi.llama_empty_call();
        var devices = NativeDevice.All();
        if (backend != LlamaBackend.Cpu && !devices.Any(device => device.IsCard))
        {
            throw new NativeLibraryException(
                $"The {backend} libraries find no card. Check that {(backend == LlamaBackend.Vulkan ? "vulkaninfo --summary" : "nvidia-smi")} lists one in this container or machine, or build with -p:LlamaBackend=cpu.");
        }
        foreach (var device in devices) log.LogInformation("Model device {Device}: {Description}", device.Name, device.Description);
    }

    // LLamaSharp says only that it could not load them; the linker says why.
    private static string Reason(LlamaBackend backend, IReadOnlyList<string> folders)
    {
        if (folders.Count == 0) return "No Vulkan driver was found. Install the card's driver and vulkan-tools, so that vulkaninfo --summary lists the card, or build with -p:LlamaBackend=cpu.";
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder)) return $"{folder} is missing. Build with -p:LlamaBackend={backend.ToString().ToLowerInvariant()}, which brings it.";
        }
        foreach (var file in folders.Reverse().SelectMany(folder => Directory.EnumerateFiles(folder, "libggml-*.so").Concat(Directory.EnumerateFiles(folder, "libllama.so"))))
        {
            try
            {
                NativeLibrary.Load(file);
            }
            catch (DllNotFoundException error)
            {
                // The linker's own words come last, behind advice on how to find them.
                return $"The {backend} libraries cannot be loaded: {error.Message.Trim().Split('\n')[^1]}. {Needs(backend)}";
            }
        }
        return $"The {backend} libraries cannot be loaded. {Needs(backend)}";
    }

    private static string Needs(LlamaBackend backend) => backend switch
    {
        LlamaBackend.Cpu => "They need glibc 2.34 or later, libstdc++ and libgomp (Debian and Ubuntu: libstdc++6, libgomp1).",
        LlamaBackend.Vulkan => "Install the card's Vulkan driver, or build with -p:LlamaBackend=cpu.",
        _ => $"Install NVIDIA's driver, the CUDA {backend.ToString()[^2..]} runtime and cuBLAS, or build with -p:LlamaBackend=cpu.",
    };
}
