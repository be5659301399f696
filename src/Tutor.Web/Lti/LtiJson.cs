using System.Text.Json;

namespace Tutor.Web.Lti;

/// <summary>Reads what platforms write, whose fields may be anything.</summary>
internal static class LtiJson
{
    /// <returns>Null where the value is no text, or one that no text can be: half of a surrogate pair alone.</returns>
    public static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Null where there is no such field, or it is no text.</returns>
    public static string? Text(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field, out var found) ? Text(found) : null;
}
