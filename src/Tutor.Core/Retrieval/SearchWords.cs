namespace Tutor.Core.Retrieval;

/// <summary>Turns text or code into the words that retrieval compares: lower case, stemmed, without stop words.</summary>
/// <remarks>
/// Identifiers give their parts and themselves: <c>max_value</c> is found by "max", "value" and "max_value", <c>maxValue</c> too.
/// Single characters are dropped; loop variables would match everywhere.
/// </remarks>
public static class SearchWords
{
    public static List<string> Of(string text)
    {
        var words = new List<string>(text.Length / 6);
        for (var at = 0; at < text.Length;)
        {
            if (!IsWordPart(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (IsWordPart(text[at]) || IsInnerApostrophe(text, at))) at++;
            Add(text.AsSpan(start, at - start), words);
        }

        return words;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool IsInnerApostrophe(string text, int at) =>
        text[at] is '\'' or '’' && at > 0 && char.IsLetter(text[at - 1]) && at + 1 < text.Length && char.IsLetter(text[at + 1]);

    private static void Add(ReadOnlySpan<char> word, List<string> words)
    {
        // don't, student's: what stands before the apostrophe carries the meaning.
        var apostrophe = word.IndexOfAny('\'', '’');
        if (apostrophe >= 0) word = word[..apostrophe];

        var parts = 0;
        var start = 0;
        for (var at = 0; at <= word.Length; at++)
        {
            var ends = at == word.Length || word[at] == '_';
            var turns = !ends && at > start && char.IsUpper(word[at]) && char.IsLower(word[at - 1]);
            if (!ends && !turns) continue;
            if (at > start)
            {
                AddOne(word[start..at], words);
                parts++;
            }

            start = ends ? at + 1 : at;
        }

        if (parts > 1) words.Add(word.ToString().ToLowerInvariant());
    }

    private static void AddOne(ReadOnlySpan<char> part, List<string> words)
    {
        if (part.Length < 2) return;

        var word = part.ToString().ToLowerInvariant();
        if (!StopWords.Contains(word)) words.Add(EnglishStem.Of(word));
    }
}
