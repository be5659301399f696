using System.Text.Json;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Embedded;
using Tutor.Inference.Schemas;
using Tutor.Inference.Sampling;
using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost.Chat;

/// <summary>Understands a request for chat completions: OpenAI's fields, and those llama.cpp's server and vLLM add.</summary>
internal static class ChatRequestReader
{
    /// <exception cref="ApiException">A field is missing, of the wrong kind, out of range or asks for what this server does not do.</exception>
    public static ChatRequest Read(JsonElement body, EmbeddedModel model, int mostTokens)
    {
        var fields = new RequestFields(body);
        // Clients offer tools with every request; a model that may call one and never does has answered within the rules.
        if (fields["tool_choice"] is { } choice && (choice.ValueKind != JsonValueKind.String || choice.GetString() is not ("auto" or "none")))
            throw ApiException.Invalid("This server calls no tools. Make 'tool_choice' \"auto\" or \"none\", or leave it out.", "tool_choice", "unsupported_value");
        var turns = MessageReader.Read(fields);
        var (name, adapter) = ServedModel.Find(model, fields.Text("model"));
        var seed = Seed(fields);
        return new(new()
        {
            Turns = turns, ContinueLast = Continues(fields, turns), Think = Think(fields), Sampling = Sampling(fields) with { Seed = seed }, Grammar = Grammar(fields),
            Stop = Stop(fields), MaxTokens = MaxTokens(fields, mostTokens), Adapter = adapter, Caller = Short(fields, "user") ?? "",
            TopLogProbs = fields.Flag("logprobs") == true ? fields.Whole("top_logprobs", 0, 20) ?? 0 : null,
        }, name, fields.Whole("n", 1, 16) ?? 1, seed, fields.Flag("stream") ?? false, fields.Object("stream_options")?.Flag("include_usage") ?? false);
    }

    private const int MostBiases = 1_024;
    private const int LongestStop = 1_000;

    private static SamplingOptions Sampling(RequestFields fields)
    {
        var usual = new SamplingOptions();
        return usual with
        {
            Temperature = fields.Number("temperature", 0, 2) ?? usual.Temperature, TopP = fields.Number("top_p", 0, 1) ?? usual.TopP,
            TopK = fields.Whole("top_k", 0, int.MaxValue) ?? usual.TopK, MinP = fields.Number("min_p", 0, 1) ?? usual.MinP,
            PresencePenalty = fields.Number("presence_penalty", -2, 2) ?? 0, FrequencyPenalty = fields.Number("frequency_penalty", -2, 2) ?? 0,
            RepetitionPenalty = fields.Number("repetition_penalty", 0.01f, 10) ?? fields.Number("repeat_penalty", 0.01f, 10) ?? usual.RepetitionPenalty,
            LogitBias = LogitBias(fields),
        };
    }

    private static Dictionary<int, float>? LogitBias(RequestFields fields)
    {
        if (fields["logit_bias"] is not { } bias) return null;
        if (bias.ValueKind != JsonValueKind.Object)
            throw ApiException.Invalid("'logit_bias' must map token ids to numbers.", "logit_bias", "invalid_type");
        if (bias.EnumerateObject().Take(MostBiases + 1).Count() > MostBiases)
            throw ApiException.Invalid($"'logit_bias' names more than {MostBiases} tokens.", "logit_bias", "out_of_range");
        // Of a token that is named twice the last word counts, as everywhere in JSON.
        return bias.EnumerateObject().DistinctBy(entry => entry.Name).ToDictionary(
            entry => int.TryParse(entry.Name, out var token) && token >= 0 ? token : throw ApiException.Invalid($"'{entry.Name}' is not a token id.", "logit_bias", "invalid_value"),
            // OpenAI's -100 stands for never.
            entry => new RequestFields(bias).Number(entry.Name, -100, 100) is -100 ? float.NegativeInfinity : entry.Value.GetSingle());
    }

    // Callers are told apart by it and remembered for a while.
    private static string? Short(RequestFields fields, string name) => fields.Text(name) is { Length: > 256 }
        ? throw ApiException.Invalid($"'{name}' may have 256 characters.", name, "out_of_range")
        : fields.Text(name);

    private static ulong? Seed(RequestFields fields)
    {
        if (fields["seed"] is not { } seed) return null;
        if (seed.ValueKind != JsonValueKind.Number || !seed.TryGetInt64(out var number))
            throw ApiException.Invalid("'seed' must be a whole number.", "seed", "invalid_type");
        // llama.cpp's clients write -1 for a seed of the server's choice.
        return number == -1 ? null : unchecked((ulong)number);
    }

    private static string[] Stop(RequestFields fields)
    {
        var stops = StopTexts(fields);
        return stops.All(stop => stop.Length <= LongestStop) ? stops : throw ApiException.Invalid($"A text in 'stop' may have {LongestStop} characters.", "stop", "out_of_range");
    }

    private static string[] StopTexts(RequestFields fields) => fields["stop"] switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several when several.GetArrayLength() <= 16 && several.EnumerateArray().All(stop => stop.ValueKind == JsonValueKind.String)
            => [.. several.EnumerateArray().Select(stop => stop.GetString()!).Where(stop => stop.Length > 0)],
        _ => throw ApiException.Invalid("'stop' must be a string or an array of up to 16 strings.", "stop", "invalid_type"),
    };

    private static int MaxTokens(RequestFields fields, int most)
    {
        foreach (var name in new[] { "max_completion_tokens", "max_tokens", "n_predict" })
        {
            if (fields.Whole(name, int.MinValue, int.MaxValue) is not { } asked || asked == -1) continue;
            return asked < 1 ? throw ApiException.Invalid($"'{name}' must be at least 1.", name, "out_of_range")
                : asked > most ? throw ApiException.Invalid($"'{name}' is too large: {asked}. This server writes at most {most} tokens an answer (Server:MaxTokens).", name, "out_of_range")
                : asked;
        }
        return most;
    }

    private static string? Grammar(RequestFields fields)
    {
        var format = fields.Object("response_format");
        var schema = format?.Text("type") switch
        {
            null or "text" => null,
            "json_object" => format?["schema"],
            "json_schema" => format?.Object("json_schema")?["schema"]
                ?? throw ApiException.Invalid("'response_format.json_schema.schema' is required.", "response_format", "missing_required_parameter"),
            var other => throw ApiException.Invalid($"'response_format.type' is '{other}'; it must be text, json_object or json_schema.", "response_format", "invalid_value"),
        };
        return schema is { } given ? JsonSchemaGrammar.From(given)
            : format?.Text("type") == "json_object" ? JsonSchemaGrammar.AnyObject
            : fields.Text("grammar") is { Length: > 0 } grammar ? grammar : null;
    }

    private static bool Continues(RequestFields fields, IReadOnlyList<ChatTurn> turns)
    {
        var (continues, begins) = (fields.Flag("continue_final_message"), fields.Flag("add_generation_prompt"));
        if (continues == true && begins == true)
            throw ApiException.Invalid("'continue_final_message' and 'add_generation_prompt' exclude each other.", "continue_final_message", "invalid_value");
        if (continues == true && turns[^1].Side != ChatSide.Assistant)
            throw ApiException.Invalid("'continue_final_message' needs a last message of the assistant.", "continue_final_message", "invalid_value");
        return continues ?? (begins == false && turns[^1].Side == ChatSide.Assistant);
    }

    private static bool? Think(RequestFields fields) =>
        fields.Object("chat_template_kwargs")?.Flag("enable_thinking")
        ?? (fields.Text("reasoning_effort") is { } effort ? effort != "none" : null);
}
