using System.Text.RegularExpressions;
using Tutor.Core;

namespace Tutor.Inference.Hosts.Wire;

/// <summary>Fields of a request that an answer can do without, where a host does not take them.</summary>
internal static partial class ChatFields
{
    public const string MaxCompletionTokens = "max_completion_tokens";
    public const string MaxTokens = "max_tokens";
    public const string Seed = "seed";
    public const string StreamOptions = "stream_options";
    public const string Stream = "stream";
    public const string Temperature = "temperature";
    public const string ResponseFormat = "response_format";
    public const string ContinueFinalMessage = "continue_final_message";
    public const string AddGenerationPrompt = "add_generation_prompt";

    /// <summary>What a server that knows only the oldest form of the API has never heard of.</summary>
    public static readonly IReadOnlyList<string> Newer = [MaxCompletionTokens, Seed, StreamOptions, ResponseFormat, ContinueFinalMessage, AddGenerationPrompt];

    /// <returns>The field that a text names first; null where it names none.</returns>
    public static string? FirstIn(string text) => Field().Match(text) is { Success: true } found ? found.Value : null;

    [GeneratedRegex(@"\b(?:max_completion_tokens|max_tokens|seed|stream_options|stream|temperature|response_format|continue_final_message|add_generation_prompt)\b", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Field();
}
