using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tutor.Inference.Schemas;

/// <summary>Writes pieces of GBNF, the grammar notation of llama.cpp.</summary>
internal static class GrammarText
{
    private static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>A terminal that matches exactly this text.</returns>
    public static string Literal(string text)
    {
        var written = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
            written.Append(rune.Value is '"' or '\\' or < 32 or 127 ? Escaped(rune) : rune.ToString());
        return written.Append('"').ToString();
    }

    /// <returns>A terminal that matches the value's shortest JSON text.</returns>
    public static string JsonLiteral(JsonElement value) => Literal(JsonSerializer.Serialize(value, plain));

    /// <returns>A terminal that matches the text as it stands inside a JSON string.</returns>
    public static string InsideString(string text) => Literal(JsonSerializer.Serialize(text, plain)[1..^1]);

    /// <returns>A character as it is written inside a class of characters.</returns>
    public static string InClass(int rune) =>
        rune < 128 && char.IsAsciiLetterOrDigit((char)rune) ? ((char)rune).ToString() : Escaped(new Rune(rune));

    /// <returns>The expression repeated <paramref name="least"/> to <paramref name="most"/> times; null means any number.</returns>
    public static string Repeat(string expression, int least, int? most) => (least, most) switch
    {
        (0, null) => $"{expression}*",
        (1, null) => $"{expression}+",
        (_, null) => $"{expression}{{{least},}}",
        (0, 1) => $"{expression}?",
        (1, 1) => expression,
        _ when least == most => $"{expression}{{{least}}}",
        _ => $"{expression}{{{least},{most}}}",
    };

    private static string Escaped(Rune rune) => rune.Value switch
    {
        <= 0xFF => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}"),
        <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
    };
}
