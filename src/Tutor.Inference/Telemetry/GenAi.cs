using Microsoft.Extensions.AI;

namespace Tutor.Inference.Telemetry;

/// <summary>Names of OpenTelemetry's conventions for generative AI that Tutor relies on. They are still being developed, so they stand here and nowhere else.</summary>
/// <remarks>Source: OpenTelemetry semantic conventions, "gen-ai-metrics" and "gen-ai-spans", as Microsoft.Extensions.AI 10.11 emits them.</remarks>
public static class GenAi
{
    /// <summary>Name of the activity source and of the meter of calls to a model.</summary>
    public const string Source = "Experimental.Microsoft.Extensions.AI";

    /// <summary>Histogram, seconds: how long a call took.</summary>
    public const string Duration = "gen_ai.client.operation.duration";

    /// <summary>Histogram, tokens: read and written by a call.</summary>
    public const string Tokens = "gen_ai.client.token.usage";

    /// <summary>Histogram, seconds: until the first piece of an answer.</summary>
    public const string FirstChunk = "gen_ai.client.operation.time_to_first_chunk";

    /// <summary>Histogram, seconds: between two pieces of an answer.</summary>
    public const string PerChunk = "gen_ai.client.operation.time_per_output_chunk";

    /// <summary>Prompts and answers are texts of students: no trace carries them, whatever the environment asks for.</summary>
    internal static void WithoutContent(OpenTelemetryChatClient client) => client.EnableSensitiveData = false;
}
