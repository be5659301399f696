using LLama.Native;
using Microsoft.Extensions.Logging;
using Tutor.Inference.Backends;
using Tutor.Inference.Batching;
using Tutor.Inference.Embeddings;
using Tutor.Inference.Gguf;

namespace Tutor.Inference.Engine;

public sealed partial class LlamaEngine
{
    private static LlamaEngine Load(EngineOptions options, ILogger log, ILogger nativeLog)
    {
        if (options.Slots is < 1 or > 128 || options.CachedSequences is < 0 or > 120)
        {
            throw new ArgumentException("An engine has 1 to 128 slots and keeps 0 to 120 finished sequences.", nameof(options));
        }
        BackendLibraries.Load(options.Backend, nativeLog);
        var file = ModelFileCheck.CheckModel(options.ModelPath);
        if (file.Metadata.GetValueOrDefault($"{file.Architecture}.attention.causal") is false)
        {
            throw new ModelFileException(options.ModelPath, $"{file.Architecture} reads a text as a whole and writes none. Use a model that writes; it can embed too.");
        }
        var devices = NativeDevice.All();
        var weights = ModelFileCheck.PartsOf(options.ModelPath, file).Sum(part => new FileInfo(part).Length);
        var plan = EnginePlan.For(options, file, weights, devices);
        var model = LlamaModel.Load(options.ModelPath, file, plan.GpuLayers, options.Adapters);
        DecodeContext? context = null;
        try
        {
            if (!model.CanGenerate) throw new ModelFileException(options.ModelPath, $"{file.Architecture} is no model that writes text from left to right.");
            var cached = model.CanSharePrefixes ? options.CachedSequences : 0;
            context = new DecodeContext(model, Parameters(options, plan), options.Slots + cached);
            WarmUp(context, model);
            LogLoaded(log, Path.GetFileName(options.ModelPath), model.Parameters, plan.Reasons);
            var embedder = options.Embeddings is { } embeddings ? new Embedder(model, embeddings, plan.Threads) : null;
            var loop = new BatchLoop(context, options.Slots, cached, plan.StepTokens, model.Vocabulary.Count, log);
            return new LlamaEngine(model, loop, embedder, Describe(options, plan, model, context, devices));
        }
        catch
        {
            context?.Dispose();
            model.Dispose();
            throw;
        }
    }

    private static LLamaContextParams Parameters(EngineOptions options, EnginePlan plan)
    {
        var parameters = LLamaContextParams.Default();
        parameters.n_ctx = (uint)plan.ContextTokens;
        parameters.n_batch = parameters.n_ubatch = (uint)plan.StepTokens;
        // The library bounds neither sequence numbers nor cells by this in a unified cache; it sizes the scores' buffer.
        parameters.n_seq_max = parameters.n_outputs_max = (uint)options.Slots;
        parameters.n_threads = parameters.n_threads_batch = plan.Threads;
        parameters.type_k = parameters.type_v = (GGMLType)options.KvCache;
        parameters.llama_flash_attn_type = options.FlashAttention switch
        {
            null => LLamaFlashAttentionType.LLAMA_FLASH_ATTENTION_TYPE_AUTO,
            false => LLamaFlashAttentionType.LLAMA_FLASH_ATTENTION_TYPE_DISABLED,
            true => LLamaFlashAttentionType.LLAMA_FLASH_ATTENTION_TYPE_ENABLED,
        };
        // One cache for all sequences is what makes a shared beginning free.
        parameters.kv_unified = true;
        return parameters;
    }

    // Finds out now, not at the first student, whether the model computes at all; and pages its weights in.
    private static void WarmUp(DecodeContext context, LlamaModel model)
    {
        context.Add(Math.Max(0, model.Vocabulary.Begin), 0, 0, output: true);
        var status = context.Decode(withAdapter: 0);
        if (status != DecodeResult.Ok) throw new EngineFailedException($"The model loads but does not compute ({status}).");
        context.RemoveAll();
    }

    private static EngineInfo Describe(EngineOptions options, EnginePlan plan, LlamaModel model, DecodeContext context, IReadOnlyList<NativeDevice> devices) => new()
    {
        Name = options.Name ?? model.File.Text("general.name") ?? Path.GetFileNameWithoutExtension(options.ModelPath),
        Architecture = model.File.Architecture,
        Parameters = model.Parameters,
        SizeBytes = model.SizeBytes,
        TrainedContext = model.TrainedContext,
        ContextTokens = context.Cells,
        RequestTokens = Math.Min(plan.RequestTokens, context.Cells),
        Slots = options.Slots,
        VocabularySize = model.Vocabulary.Count,
        EmbeddingSize = model.EmbeddingSize,
        CanEmbed = options.Embeddings is not null,
        ChatTemplate = model.ChatTemplate,
        BeginText = model.Vocabulary.Name(model.Vocabulary.Begin),
        EndText = model.Vocabulary.Name(model.Vocabulary.End),
        AddsBegin = model.Vocabulary.AddsBegin,
        Adapters = model.Adapters.Names,
        Devices = [.. devices.Select(device => $"{device.Name}: {device.Description}")],
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Model} ({Parameters} parameters): {Plan}")]
    private static partial void LogLoaded(ILogger log, string model, long parameters, string plan);
}
