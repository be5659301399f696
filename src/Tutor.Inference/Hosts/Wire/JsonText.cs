using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Tutor.Inference.Hosts.Wire;

/// <summary>Reads strings of a host's JSON, also those that no whole text makes up.</summary>
/// <remarks>A server that sends a token at a time may send the two halves of an emoji in two chunks, which System.Text.Json refuses to read.</remarks>
internal static class JsonText
{
    /// <returns>The string, with lone surrogates as they came; empty for any other kind of value.</returns>
    public static string Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return "";
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)[1..^1]));
        }
    }

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }
            // The parser has checked the escapes: something follows the backslash, and four digits follow the "u".
            var escaped = raw[++i];
            text.Append(escaped switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', 'u' => (char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture), _ => escaped });
            if (escaped == 'u') i += 4;
        }
        return text.ToString();
    }
}
