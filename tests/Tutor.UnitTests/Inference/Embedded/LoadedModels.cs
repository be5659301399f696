using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.Embedded;
using Tutor.Tests.Shared.Models;

namespace Tutor.UnitTests.Inference.Embedded;

/// <summary>The generated models, loaded for a test.</summary>
internal static class LoadedModels
{
    public static Task<EmbeddedModel> ScriptedAsync(Action<ModelOptions>? change = null) => LoadAsync(TestModels.Scripted, options =>
    {
        options.Adapters.Add(new() { Name = "json", Path = TestModels.ScriptedAdapter, Courses = { "grading" } });
        change?.Invoke(options);
    });

    public static async Task<EmbeddedModel> LoadAsync(string path, Action<ModelOptions>? change = null)
    {
        // One thread: on a busy machine two would wait for each other at every barrier of so small a model.
        var options = new ModelOptions { Path = path, Threads = 1, Slots = 4, RequestTokens = 2048, ContextTokens = 8192 };
        change?.Invoke(options);
        return await EmbeddedModel.LoadAsync(options, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
    }
}
