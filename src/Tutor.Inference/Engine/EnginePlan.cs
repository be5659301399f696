using Tutor.Inference.Backends;
using Tutor.Inference.Gguf;

namespace Tutor.Inference.Engine;

/// <summary>What <see cref="EngineOptions"/> left open, chosen for the model and the devices, with the reasons.</summary>
internal sealed record EnginePlan(int RequestTokens, int ContextTokens, int StepTokens, int Threads, int GpuLayers, string Reasons)
{
    private const int UsualRequest = 8192;
    private const int CellBlock = 256;
    private const int CpuStep = 128;
    private const int GpuStep = 512;

    /// <exception cref="EngineFailedException">The model and one request do not fit.</exception>
    public static EnginePlan For(EngineOptions options, GgufFile file, long weightBytes, IReadOnlyList<NativeDevice> devices)
    {
        var gpu = devices.Any(device => device.IsCard) && options.GpuLayers != 0;
        var trained = (int)Math.Min(file.Hyperparameter("context_length") ?? UsualRequest, int.MaxValue);
        var request = Math.Min(options.RequestTokens > 0 ? options.RequestTokens : UsualRequest, trained);
        if (options.ContextTokens > 0) request = Math.Min(request, options.ContextTokens);

        var perToken = KvBytesPerToken(file, options.KvCache);
        var (context, why) = options.ContextTokens > 0
            ? (options.ContextTokens, "as set")
            : Fitting(request, options.Slots, perToken, gpu ? FreeOnGpu(devices, weightBytes) : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
        var threads = options.Threads > 0 ? options.Threads : PhysicalCores();
        var step = Math.Max(options.PrefillChunk > 0 ? options.PrefillChunk : gpu ? GpuStep : CpuStep, options.Slots * 2);
        return new EnginePlan(request, context, step, threads, gpu ? options.GpuLayers ?? -1 : 0,
            $"{context} tokens of context ({why}; {perToken / 1024.0:0.#} KiB each, {context * perToken >> 20} MiB), at most {request} a request (model trained for {trained}), "
            + $"{options.Slots} slots, steps of {step} tokens on {(gpu ? "GPU" : $"CPU, {threads} threads")}, keys and values {options.KvCache}");
    }

    private static (int Context, string Why) Fitting(int request, int slots, long perToken, long budget)
    {
        var fits = (int)Math.Min(budget / Math.Max(1, perToken), int.MaxValue) / CellBlock * CellBlock;
        if (fits < request) throw new EngineFailedException(
            $"The memory left after the weights holds {fits} tokens of context, and one request may take {request}. Set RequestTokens lower, KvCache to Q8, or use a smaller model.");
        var wanted = (int)Math.Min((long)request * slots, int.MaxValue / 2);
        return fits < wanted ? (fits, "all that fits in memory") : (wanted, "every slot at its longest");
    }

    // The library needs room for its computation besides weights and cache; a GiB and a tenth covers what was measured.
    private static long FreeOnGpu(IReadOnlyList<NativeDevice> devices, long weightBytes) =>
        (devices.Where(device => device.IsCard).Sum(device => device.FreeBytes) - weightBytes - (1L << 30)) / 10 * 9;

    private static long KvBytesPerToken(GgufFile file, KvCacheType type)
    {
        var heads = file.Hyperparameter("attention.head_count") ?? 1;
        var width = (file.Hyperparameter("embedding_length") ?? 0) / Math.Max(1, heads);
        var perHead = (file.Hyperparameter("attention.key_length") ?? width) + (file.Hyperparameter("attention.value_length") ?? width);
        var values = (file.Hyperparameter("block_count") ?? 0) * (file.Hyperparameter("attention.head_count_kv") ?? heads) * perHead;
        return type switch
        {
            KvCacheType.F32 => values * 4,
            KvCacheType.Q8 => values * 34 / 32,
            KvCacheType.Q4 => values * 18 / 32,
            _ => values * 2,
        };
    }

    // Two threads of one core share its arithmetic units and only wait for each other at every barrier.
    private static int PhysicalCores()
    {
        const string cpus = "/sys/devices/system/cpu";
        if (!Directory.Exists(cpus)) return Environment.ProcessorCount;
        var cores = Directory.EnumerateDirectories(cpus, "cpu*").Select(cpu => Path.Combine(cpu, "topology", "thread_siblings_list"))
            .Where(File.Exists).Select(File.ReadAllText).Distinct().Count();
        return Math.Clamp(cores, 1, Environment.ProcessorCount);
    }
}
