using System.Globalization;
using System.Text;

namespace Tutor.Core.Evidence;

/// <summary>A string literal's content; for bytes each character is one byte.</summary>
internal readonly record struct PyStrOrBytes(string Text, bool IsBytes);

/// <summary>Reads Python's string and bytes literals with their prefixes and escapes (language reference 2.4.1).</summary>
internal static class PythonStringReader
{
    public static bool StartsAt(string text, int at)
    {
        for (var i = at; i < text.Length && i <= at + 2; i++)
        {
            if (text[i] is '\'' or '"') return true;
            if (!char.IsAsciiLetter(text[i])) return false;
        }

        return false;
    }

    public static PyStrOrBytes Read(string text, ref int at)
    {
        var start = at;
        while (text[at] is not ('\'' or '"')) at++;
        var prefix = text[start..at].ToLowerInvariant();
        if (prefix is not ("" or "r" or "u" or "b" or "br" or "rb")) throw PythonLiteralReader.At(start, $"strings with the prefix '{prefix}' are not literals");

        var bytes = prefix.Contains('b', StringComparison.Ordinal);
        var raw = prefix.Contains('r', StringComparison.Ordinal);
        var quote = text[at];
        var triple = string.CompareOrdinal(text, at, new string(quote, 3), 0, 3) == 0;
        at += triple ? 3 : 1;

        var content = new StringBuilder();
        while (true)
        {
            if (at >= text.Length) throw PythonLiteralReader.At(start, "the string's closing quote is missing");
            var c = text[at];
            if (c == quote && (!triple || string.CompareOrdinal(text, at, new string(quote, 3), 0, 3) == 0)) break;
            if (c == '\n' && !triple) throw PythonLiteralReader.At(start, "the string's closing quote is missing on its line");
            if (bytes && c > 127) throw PythonLiteralReader.At(at, "bytes hold ASCII characters and \\x escapes only");
            if (c == '\\' && at + 1 < text.Length)
            {
                ReadEscape(text, ref at, content, raw, bytes);
                continue;
            }

            content.Append(c);
            at++;
        }

        at += triple ? 3 : 1;
        return new(content.ToString(), bytes);
    }

    private static void ReadEscape(string text, ref int at, StringBuilder content, bool raw, bool bytes)
    {
        var start = at;
        var c = text[at + 1];
        at += 2;
        if (raw)
        {
            content.Append('\\').Append(c);
            return;
        }

        switch (c)
        {
            case '\n': break;
            case '\\' or '\'' or '"': content.Append(c); break;
            case 'a': content.Append('\a'); break;
            case 'b': content.Append('\b'); break;
            case 'f': content.Append('\f'); break;
            case 'n': content.Append('\n'); break;
            case 'r': content.Append('\r'); break;
            case 't': content.Append('\t'); break;
            case 'v': content.Append('\v'); break;
            case >= '0' and <= '7': ReadOctal(text, ref at, content); break;
            case 'x': ReadHex(text, ref at, content, 2, start); break;
            case 'u' when !bytes: ReadHex(text, ref at, content, 4, start); break;
            case 'U' when !bytes: ReadHex(text, ref at, content, 8, start); break;
            case 'N' when !bytes: throw PythonLiteralReader.At(start, "write the character itself, or \\u and its number, instead of \\N{...}");
            default: content.Append('\\').Append(c); break;
        }
    }

    private static void ReadOctal(string text, ref int at, StringBuilder content)
    {
        var value = text[at - 1] - '0';
        for (var i = 0; i < 2 && at < text.Length && text[at] is >= '0' and <= '7'; i++) value = (value * 8) + (text[at++] - '0');
        content.Append((char)value);
    }

    private static void ReadHex(string text, ref int at, StringBuilder content, int digits, int start)
    {
        if (at + digits > text.Length || !int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 0x10FFFF)
        {
            throw PythonLiteralReader.At(start, $"this escape needs {digits} hexadecimal digits of a character's number");
        }

        at += digits;
        // A lone surrogate is a character of its own in Python; AppendRune would refuse it.
        if (value > 0xFFFF) content.Append(char.ConvertFromUtf32(value));
        else content.Append((char)value);
    }
}
