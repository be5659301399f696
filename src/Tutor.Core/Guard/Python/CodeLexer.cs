namespace Tutor.Core.Guard.Python;

/// <summary>Splits a program, or prose that may hold some, into tokens by a table. Never fails.</summary>
/// <remarks>As in <see cref="PythonLexer"/>, an apostrophe inside a word starts no string, and what is never closed is no token of code.</remarks>
public static class CodeLexer
{
    private static readonly string[] Operators = ["===", "!==", ">>>", "**=", "...", "==", "!=", "<=", ">=", "<>", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "=>", "->", "::", "<<", ">>"];
    private const string SingleOperators = "+-*/%<>=()[]{}.,:;&|^~!?";

    /// <param name="inProse">Where the language ignores case, only words in capitals are its words: "from" and "where" are English too.</param>
    public static IReadOnlyList<PythonToken> Read(string source, CodeLanguage language, bool inProse = false)
    {
        if (language == CodeLanguage.Python) return PythonLexer.Read(source);
        var tokens = new List<PythonToken>(source.Length / 3);
        int line = 0;
        for (int at = 0; at < source.Length;)
        {
            if (source[at] == '\n') line++;
            if (char.IsWhiteSpace(source[at])) { at++; continue; }
            var (kind, length) = Next(source, at, language, inProse);
            string text = source.Substring(at, length);
            tokens.Add(new(kind, language.IgnoresCase && kind is PythonTokenKind.Name or PythonTokenKind.Keyword ? text.ToUpperInvariant() : text, at, line));
            line += text.Count('\n');
            at += length;
        }
        return tokens;
    }

    private static (PythonTokenKind Kind, int Length) Next(string source, int at, CodeLanguage language, bool inProse)
    {
        foreach (string mark in language.LineComments)
            if (string.CompareOrdinal(source, at, mark, 0, mark.Length) == 0) return (PythonTokenKind.Comment, End(source, "\n", at) - at);
        if (language.HasBlockComments && string.CompareOrdinal(source, at, "/*", 0, 2) == 0) return (PythonTokenKind.Comment, Math.Min(source.Length, End(source, "*/", at + 2) + 2) - at);

        char c = source[at];
        if (c is '"' or '\'' or '`') return StringAt(source, at);
        if (char.IsLetter(c) || c is '_' or '$')
        {
            int end = at + 1;
            while (end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] is '_' or '$')) end++;
            string word = source[at..end];
            bool known = language.IgnoresCase ? language.Words.Contains(inProse ? word : word.ToUpperInvariant()) : language.Words.Contains(word);
            return (known ? PythonTokenKind.Keyword : PythonTokenKind.Name, end - at);
        }
        if (char.IsAsciiDigit(c))
        {
            int end = at + 1;
            while (end < source.Length && (char.IsLetterOrDigit(source[end]) || (source[end] == '.' && end + 1 < source.Length && char.IsAsciiDigit(source[end + 1])))) end++;
            return (PythonTokenKind.Number, end - at);
        }
        foreach (string op in Operators)
            if (string.CompareOrdinal(source, at, op, 0, op.Length) == 0) return (PythonTokenKind.Operator, op.Length);
        return (SingleOperators.Contains(c) ? PythonTokenKind.Operator : PythonTokenKind.Other, 1);
    }

    private static (PythonTokenKind Kind, int Length) StringAt(string source, int at)
    {
        bool insideWord = at > 0 && char.IsLetterOrDigit(source[at - 1]);
        for (int i = at + 1; !insideWord && i < source.Length && source[i] != '\n'; i++)
        {
            if (source[i] == '\\') i++;
            else if (source[i] == source[at]) return (PythonTokenKind.String, i + 1 - at);
        }
        return (PythonTokenKind.Other, 1);
    }

    private static int End(string source, string mark, int from) => source.IndexOf(mark, Math.Min(from, source.Length), StringComparison.Ordinal) is >= 0 and var end ? end : source.Length;
}
