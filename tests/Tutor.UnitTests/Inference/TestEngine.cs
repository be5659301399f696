using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.Adapters;
using Tutor.Inference.Engine;
using Tutor.Tests.Shared.Models;

namespace Tutor.UnitTests.Inference;

/// <summary>Engines over generated models, and whole answers from them.</summary>
internal static class TestEngine
{
    public const string Adapter = "json";

    // One thread each: the library's threads spin, and tests run beside each other.
    public static Task<LlamaEngine> ScriptedAsync(Func<EngineOptions, EngineOptions>? change = null) => LoadAsync(
        new EngineOptions { ModelPath = TestModels.Scripted, Threads = 1, ContextTokens = 4096, Adapters = [new AdapterFile(Adapter, TestModels.ScriptedAdapter)] }, change);

    /// <summary>Random weights, and arithmetic in which an answer does not depend on what is computed beside it.</summary>
    public static Task<LlamaEngine> ExactAsync(Func<EngineOptions, EngineOptions>? change = null) =>
        LoadAsync(new EngineOptions { ModelPath = TestModels.Tiny, Threads = 1, ContextTokens = 4096 }.Exact(), change);

    public static IReadOnlyList<PromptSegment> Chat(string text) =>
        [PromptSegment.Control("<|im_start|>user\n"), PromptSegment.Plain(text), PromptSegment.Control("<|im_end|>\n<|im_start|>assistant\n")];

    public static GenerationRequest Ask(string text) => new() { Prompt = Chat(text), MaxTokens = 64 };

    public static async Task<Answer> AnswerAsync(this LlamaEngine engine, GenerationRequest request, CancellationToken cancel)
    {
        var updates = new List<GenerationUpdate>();
        await foreach (var update in engine.GenerateAsync(request, cancel)) updates.Add(update);
        return new Answer(updates);
    }

    private static Task<LlamaEngine> LoadAsync(EngineOptions options, Func<EngineOptions, EngineOptions>? change) =>
        LlamaEngine.LoadAsync(change is null ? options : change(options), NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
}

internal sealed record Answer(IReadOnlyList<GenerationUpdate> Updates)
{
    public string Text => string.Concat(Updates.Select(update => update.Text));
    public IEnumerable<int> Tokens => Updates.Where(update => update.Token >= 0).Select(update => update.Token);
    public GenerationEnd End => Updates[^1].End!;
}
