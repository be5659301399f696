using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tutor.Inference.Embedded;
using Tutor.Inference.Engine;

namespace Tutor.ModelHost.Chat;

/// <summary>Writes the objects of OpenAI's chat API, with the timings llama.cpp's clients show.</summary>
internal sealed class ChatJson(string model, string kind)
{
    // Letters stay letters: the body is JSON and never a part of a page.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string id = $"chatcmpl-{Guid.CreateVersion7():N}";
    private readonly long created = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public void Role(Utf8JsonWriter json, int index)
    {
        StartChoice(json, index);
        json.WriteStartObject("delta");
        json.WriteString("role", "assistant");
        json.WriteString("content", "");
        json.WriteEndObject();
        json.WriteNull("finish_reason");
        EndChoice(json);
        json.WriteEndObject();
    }

    public void Delta(Utf8JsonWriter json, int index, AnswerPart part)
    {
        StartChoice(json, index);
        json.WriteStartObject("delta");
        if (part.Thoughts.Length > 0) json.WriteString("reasoning_content", part.Thoughts);
        if (part.Answer.Length > 0) json.WriteString("content", part.Answer);
        json.WriteEndObject();
        if (part.LogProbs is { } one) LogProbs(json, [one]);
        json.WriteNull("finish_reason");
        EndChoice(json);
        json.WriteEndObject();
    }

    public void Finish(Utf8JsonWriter json, int index, GenerationEnd end)
    {
        StartChoice(json, index);
        json.WriteStartObject("delta");
        json.WriteEndObject();
        json.WriteString("finish_reason", Reason(end.Reason));
        EndChoice(json);
        Timings(json, end);
        json.WriteEndObject();
    }

    public void UsageOnly(Utf8JsonWriter json, UsageSum usage)
    {
        Start(json);
        json.WriteStartArray("choices");
        json.WriteEndArray();
        Usage(json, usage);
        json.WriteEndObject();
    }

    public void Whole(Utf8JsonWriter json, IReadOnlyList<ChatReply.Choice> choices, UsageSum usage)
    {
        Start(json);
        json.WriteStartArray("choices");
        for (var index = 0; index < choices.Count; index++)
        {
            var choice = choices[index];
            json.WriteStartObject();
            json.WriteNumber("index", index);
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", choice.Answer.ToString());
            if (choice.Thoughts.Length > 0) json.WriteString("reasoning_content", choice.Thoughts.ToString());
            json.WriteEndObject();
            if (choice.LogProbs.Count > 0) LogProbs(json, choice.LogProbs); else json.WriteNull("logprobs");
            json.WriteString("finish_reason", Reason(choice.End!.Reason));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Usage(json, usage);
        Timings(json, choices[0].End!);
        json.WriteEndObject();
    }

    private void Start(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", kind);
        json.WriteNumber("created", created);
        json.WriteString("model", model);
        json.WriteString("system_fingerprint", "tutor");
    }

    private void StartChoice(Utf8JsonWriter json, int index)
    {
        Start(json);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", index);
    }

    private static void EndChoice(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Usage(Utf8JsonWriter json, UsageSum usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", usage.Prompt);
        json.WriteNumber("completion_tokens", usage.Generated);
        json.WriteNumber("total_tokens", usage.Prompt + usage.Generated);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.Cached);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Timings(Utf8JsonWriter json, GenerationEnd end)
    {
        var (prompt, generated) = (end.Usage.PromptTokens - end.Usage.CachedTokens, end.Usage.GeneratedTokens);
        var (promptMs, generatedMs) = (end.Timings.Prompt.TotalMilliseconds, end.Timings.Generation.TotalMilliseconds);
        json.WriteStartObject("timings");
        json.WriteNumber("cache_n", end.Usage.CachedTokens);
        json.WriteNumber("prompt_n", prompt);
        json.WriteNumber("prompt_ms", Math.Round(promptMs, 3));
        json.WriteNumber("prompt_per_second", PerSecond(prompt, promptMs));
        json.WriteNumber("predicted_n", generated);
        json.WriteNumber("predicted_ms", Math.Round(generatedMs, 3));
        // The first token ends the prompt's time; the others took the rest.
        json.WriteNumber("predicted_per_second", PerSecond(Math.Max(0, generated - 1), generatedMs));
        json.WriteEndObject();
    }

    private static void LogProbs(Utf8JsonWriter json, IReadOnlyList<TokenLogProbs> tokens)
    {
        json.WriteStartObject("logprobs");
        json.WriteStartArray("content");
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            Token(json, token.Chosen);
            json.WriteStartArray("top_logprobs");
            foreach (var other in token.Top)
            {
                json.WriteStartObject();
                Token(json, other);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Token(Utf8JsonWriter json, TokenLogProb token)
    {
        json.WriteNumber("id", token.Token);
        json.WriteString("token", Encoding.UTF8.GetString(token.Bytes.Span));
        json.WriteStartArray("bytes");
        foreach (var one in token.Bytes.Span) json.WriteNumberValue(one);
        json.WriteEndArray();
        // JSON has no infinity; OpenAI writes this for a token that cannot come.
        json.WriteNumber("logprob", float.IsFinite(token.LogProb) ? token.LogProb : -9999f);
    }

    private static double PerSecond(int count, double milliseconds) => milliseconds > 0 ? Math.Round(count * 1000 / milliseconds, 2) : 0;

    private static string Reason(FinishReason reason) => reason == FinishReason.Length ? "length" : "stop";
}
