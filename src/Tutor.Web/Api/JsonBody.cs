using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Tutor.Web.Api;

/// <summary>The JSON of a request, or what is wrong with it in words: the caller of an API is told which field and what to send instead.</summary>
/// <typeparam name="T">A record whose properties that are not nullable must be there and not null.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "Minimal APIs find a binder by its name on the type itself.")]
public sealed class JsonBody<T> : IEndpointParameterMetadataProvider where T : class
{
    // Of a request for a hint the work is the largest part, and it may have a million characters.
    private const int MostBytes = 2 * 1024 * 1024;

    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true, NumberHandling = JsonNumberHandling.Strict, TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private JsonBody(T? value, ProblemHttpResult? problem) => (Value, Problem) = (value, problem);

    /// <summary>Null where there is a problem.</summary>
    public T? Value { get; }

    /// <summary>Null where there is a value.</summary>
    public ProblemHttpResult? Problem { get; }

    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType())
            return Wrong(StatusCodes.Status415UnsupportedMediaType, "Send JSON with the header \"Content-Type: application/json\".");
        if (await ReadAsync(context) is not { } bytes)
            return Wrong(StatusCodes.Status413PayloadTooLarge, $"A request may have {MostBytes / 1024 / 1024} MB. Send only the part of your work that you are stuck on.");
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, json) is { } value ? new(value, null) : Wrong(StatusCodes.Status400BadRequest, "The request is null. Send a JSON object.");
        }
        catch (JsonException error)
        {
            return Wrong(StatusCodes.Status400BadRequest, Words(error, bytes));
        }
    }

    // "*/*", because routing refuses a wrong type before anybody has signed in; it is refused above, in words.
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new AcceptsMetadata(["*/*"], typeof(T)));

    private static JsonBody<T> Wrong(int status, string detail) =>
        new(null, TypedResults.Problem(detail, statusCode: status, title: "The request cannot be read"));

    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MostBytes) return null;
        using var read = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(piece, context.RequestAborted) is > 0 and var count)
        {
            if (read.Length + count > MostBytes) return null;
            read.Write(piece, 0, count);
        }
        return read.ToArray();
    }

    private static string Words(JsonException error, byte[] bytes)
    {
        if (error.Path is ['$', '.', .. var path]) return $"The field \"{path}\" is null or of the wrong type. {Expected(path)}";
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object && Missing(document.RootElement) is { } missing)
                return $"The field \"{missing}\" is missing. {Expected(missing)}";
            return "Send a JSON object.";
        }
        catch (JsonException)
        {
            return $"This is no JSON: it breaks in line {error.LineNumber + 1}.";
        }
    }

    private static IEnumerable<JsonPropertyInfo> Fields => json.GetTypeInfo(typeof(T)).Properties;

    private static string? Missing(JsonElement sent) => Fields.FirstOrDefault(field => field.IsRequired
        && !sent.EnumerateObject().Any(given => given.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)))?.Name;

    private static string Expected(string path)
    {
        var type = Fields.FirstOrDefault(field => field.Name.Equals(path, StringComparison.OrdinalIgnoreCase))?.PropertyType;
        return type == typeof(string) ? "Send a text." : type == typeof(bool) ? "Send true or false." : "See /openapi/v1.json.";
    }
}
