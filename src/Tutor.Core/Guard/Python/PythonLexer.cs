namespace Tutor.Core.Guard.Python;

/// <summary>Splits Python source, or prose that may hold some, into tokens. Never fails.</summary>
/// <remarks>
/// Token shapes follow the Python language reference, section 2 (strings with prefixes, triple quotes, longest operator first).
/// White space and line ends are not tokens. Hints are half prose, so two things differ from CPython: an apostrophe inside a
/// word starts no string ("don't"), and a quote that is never closed on its line is <see cref="PythonTokenKind.Other"/>
/// instead of an error.
/// </remarks>
public static class PythonLexer
{
    private static readonly string[] Operators =
    [
        "**=", "//=", ">>=", "<<=", "...",
        "==", "!=", "<=", ">=", "**", "//", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "->", ":=",
    ];
    private const string SingleOperators = "+-*/%<>=()[]{}.,:;&|^~@";

    public static IReadOnlyList<PythonToken> Read(string source)
    {
        var tokens = new List<PythonToken>(source.Length / 3);
        int line = 0;
        for (int at = 0; at < source.Length;)
        {
            char c = source[at];
            // Of the two characters of CR LF the second ends the line.
            if (c == '\n' || (c == '\r' && (at + 1 == source.Length || source[at + 1] != '\n'))) { line++; at++; continue; }
            if (char.IsWhiteSpace(c)) { at++; continue; }

            var (kind, length) = Next(source, at);
            string text = source.Substring(at, length);
            tokens.Add(new(kind, text, at, line));
            if (kind == PythonTokenKind.String) line += TextLines.Of(text).Length - 1;
            at += length;
        }
        return tokens;
    }

    private static (PythonTokenKind Kind, int Length) Next(string source, int at)
    {
        char c = source[at];
        if (c == '#') return (PythonTokenKind.Comment, LineEnd(source, at) - at);
        if (c is '"' or '\'') return StringAt(source, at, at);
        if (char.IsLetter(c) || c == '_')
        {
            int end = at + 1;
            while (end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] == '_')) end++;
            var word = source.AsSpan(at, end - at);
            if (end < source.Length && source[end] is '"' or '\'' && IsStringPrefix(word)
                && StringAt(source, at, end) is { Kind: PythonTokenKind.String } prefixed) return prefixed;
            return (PythonNames.IsKeyword(word) ? PythonTokenKind.Keyword : PythonTokenKind.Name, end - at);
        }
        if (char.IsAsciiDigit(c)) return (PythonTokenKind.Number, NumberEnd(source, at) - at);
        bool couldBeLonger = at + 1 < source.Length && "=*/<>.".Contains(source[at + 1]);
        foreach (string op in couldBeLonger ? Operators : [])
            if (string.CompareOrdinal(source, at, op, 0, op.Length) == 0) return (PythonTokenKind.Operator, op.Length);
        return (SingleOperators.Contains(c) ? PythonTokenKind.Operator : PythonTokenKind.Other, 1);
    }

    /// <summary>The string whose prefix starts at <paramref name="start"/> and whose quote is at <paramref name="quote"/>.</summary>
    private static (PythonTokenKind Kind, int Length) StringAt(string source, int start, int quote)
    {
        bool insideWord = start == quote && quote > 0 && char.IsLetterOrDigit(source[quote - 1]);
        char mark = source[quote];
        string triple = new(mark, 3);
        if (string.CompareOrdinal(source, quote, triple, 0, 3) == 0)
        {
            int close = source.IndexOf(triple, quote + 3, StringComparison.Ordinal);
            return (PythonTokenKind.String, (close < 0 ? source.Length : close + 3) - start);
        }
        for (int i = quote + 1; !insideWord && i < source.Length && source[i] is not ('\n' or '\r'); i++)
        {
            if (source[i] == '\\') i++;
            else if (source[i] == mark) return (PythonTokenKind.String, i + 1 - start);
        }
        return (PythonTokenKind.Other, 1);
    }

    private static bool IsStringPrefix(ReadOnlySpan<char> word)
    {
        if (word.Length > 2) return false;
        foreach (char c in word)
            if ("rRbBfFuUtT".IndexOf(c) < 0) return false;
        return true;
    }

    private static int NumberEnd(string source, int at)
    {
        int end = at + 1;
        while (end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] == '_'
            || (source[end] == '.' && end + 1 < source.Length && char.IsAsciiDigit(source[end + 1])))) end++;
        return end;
    }

    private static int LineEnd(string source, int at) => source.AsSpan(at).IndexOfAny('\r', '\n') is >= 0 and var length ? at + length : source.Length;
}
