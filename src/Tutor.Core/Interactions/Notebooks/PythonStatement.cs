namespace Tutor.Core.Interactions.Notebooks;

/// <summary>Where a statement of Python ends: it may go on over lines inside brackets, triple quotes and after a backslash.</summary>
internal static class PythonStatement
{
    /// <returns>Index of the last line of the statement that begins on line <paramref name="at"/>.</returns>
    public static int EndOf(IReadOnlyList<string> lines, int at)
    {
        var (depth, quote) = (0, "");
        for (; at < lines.Count; at++)
        {
            var continued = Scan(lines[at], ref depth, ref quote);
            // A string that is not closed on its line is an error of that line, and of no other.
            if (quote.Length == 1 && !continued) quote = "";
            if (depth == 0 && quote.Length == 0 && !continued) return at;
        }

        return lines.Count - 1;
    }

    private static bool Scan(string line, ref int depth, ref string quote)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\')
            {
                if (i == line.Length - 1) return true;
                i++;
            }
            else if (quote.Length > 0)
            {
                if (string.CompareOrdinal(line, i, quote, 0, quote.Length) != 0) continue;
                i += quote.Length - 1;
                quote = "";
            }
            else if (c is '\'' or '"')
            {
                var triple = new string(c, 3);
                quote = string.CompareOrdinal(line, i, triple, 0, 3) == 0 ? triple : c.ToString();
                i += quote.Length - 1;
            }
            else if (c == '#')
            {
                return false;
            }
            else if (c is '(' or '[' or '{')
            {
                depth++;
            }
            else if (c is ')' or ']' or '}' && depth > 0)
            {
                depth--;
            }
        }

        return false;
    }
}
