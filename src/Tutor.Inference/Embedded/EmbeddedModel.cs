using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Engine;

namespace Tutor.Inference.Embedded;

/// <summary>A loaded model that holds conversations: the engine with the model's chat template.</summary>
public sealed partial class EmbeddedModel : IAsyncDisposable
{
    private readonly ModelOptions options;

    private EmbeddedModel(LlamaEngine engine, ChatTemplate template, ModelOptions options) =>
        (Engine, Template, this.options) = (engine, template, options);

    public LlamaEngine Engine { get; }

    public ChatTemplate Template { get; }

    /// <summary>Loads the model of the settings and says in the log what was chosen.</summary>
    /// <exception cref="UnknownChatTemplateException">Nobody knows the file's chat template; the message names the setting.</exception>
    /// <exception cref="Gguf.ModelFileException">A file is missing, damaged or of a kind the library cannot run.</exception>
    /// <exception cref="Backends.NativeLibraryException">The libraries or the device cannot be used.</exception>
    public static async Task<EmbeddedModel> LoadAsync(ModelOptions options, ILoggerFactory logs, CancellationToken cancel)
    {
        var engine = await LlamaEngine.LoadAsync(options.ToEngine(), logs, cancel);
        try
        {
            var template = ChatTemplateFamilies.Choose(engine.Info.ChatTemplate, engine.Info.BeginText, options.Template);
            var info = engine.Info;
            if (template is LibraryTemplate) LogTemplateOfLibrary(logs.CreateLogger<EmbeddedModel>(), string.Join(", ", ChatTemplateFamilies.Names));
            LogLoaded(logs.CreateLogger<EmbeddedModel>(), info.Name, info.Architecture, info.Parameters / 1e9, string.Join(", ", info.Devices), info.Slots, info.RequestTokens,
                info.ContextTokens, template.Name, options.Template.Length > 0 ? "set by Model:Template" : "recognised from the file", Thinks(template, options),
                info.Adapters.Count == 0 ? "none" : string.Join(", ", info.Adapters));
            return new(engine, template, options);
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <returns>The adapter a course's hints are written with; null for the model as it is.</returns>
    public string? AdapterOf(string? course) =>
        course is null ? null : options.Adapters.FirstOrDefault(adapter => adapter.Courses.Contains(course))?.Name;

    /// <summary>Tokens of the prompt that a question becomes.</summary>
    public int CountTokens(ChatQuestion question) => Engine.CountTokens(Prompt(question));

    /// <summary>Answers a question piece by piece. Cancelling frees its place at the model's next step.</summary>
    /// <exception cref="ArgumentException">The conversation cannot be answered or continued.</exception>
    /// <exception cref="ContextOverflowException">The conversation is too long. Thrown before anything is computed.</exception>
    /// <exception cref="Adapters.UnknownAdapterException">No such adapter.</exception>
    /// <exception cref="Sampling.GrammarException">The grammar cannot be used.</exception>
    /// <exception cref="EngineFailedException">The model failed.</exception>
    public async IAsyncEnumerable<AnswerPart> AnswerAsync(ChatQuestion question, [EnumeratorCancellation] CancellationToken cancel)
    {
        // A begun answer is text of the answer, whatever it looks like.
        var splitter = Template.Thinking is { } thinking && !question.ContinueLast
            ? new ThinkingSplitter(Thinks(question) && thinking.OpensInPrompt)
            : null;
        var request = new GenerationRequest
        {
            Prompt = Prompt(question), Sampling = question.Sampling, Grammar = question.Grammar, Stop = question.Stop, MaxTokens = question.MaxTokens,
            Adapter = question.Adapter, Caller = question.Caller, TopLogProbs = question.TopLogProbs,
        };
        await foreach (var update in Engine.GenerateAsync(request, cancel).WithCancellation(cancel))
        {
            var text = splitter?.Push(update.Text) ?? new SplitText("", update.Text);
            if (update.End is not null && splitter?.Finish() is { } rest)
                text = new(text.Thoughts + rest.Thoughts, text.Answer + rest.Answer);
            if (text.Thoughts.Length > 0 || text.Answer.Length > 0 || update.LogProbs is not null || update.End is not null)
                yield return new(text.Thoughts, text.Answer, update.LogProbs, update.End);
        }
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private IReadOnlyList<PromptSegment> Prompt(ChatQuestion question) => Template.Render(question.Turns, question.ContinueLast, Thinks(question));

    private bool Thinks(ChatQuestion question) => question.Grammar is null && (question.Think ?? options.Thinking);

    private static string Thinks(ChatTemplate template, ModelOptions options) =>
        template.Thinking is null ? "none" : options.Thinking ? "before the answer (Model:Thinking)" : "off unless a request asks (Model:Thinking)";

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The model file's chat template is of no family Tutor knows, so llama.cpp writes its markup, which may be simpler than what the model was trained on. "
        + "Look at some answers before students do (tutor models test), or set Model:Template to one of {Families}")]
    private static partial void LogTemplateOfLibrary(ILogger log, string families);

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Model {Name} ({Architecture}, {Billions:0.##} billion weights) on {Devices}: {Slots} answers at once, up to {RequestTokens} tokens each, {ContextTokens} tokens in all; "
        + "chat template {Template} ({Why}); thoughts: {Thinking}; adapters: {Adapters}")]
    private static partial void LogLoaded(ILogger log, string name, string architecture, double billions, string devices, int slots, int requestTokens, int contextTokens,
        string template, string why, string thinking, string adapters);
}
