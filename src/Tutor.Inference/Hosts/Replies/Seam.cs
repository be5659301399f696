namespace Tutor.Inference.Hosts.Replies;

/// <summary>Joins what one host wrote with what the next one writes after it.</summary>
/// <remarks>
/// A host that continues the last message begins where it ends, usually with the blank before the next word. Others write their answer from the
/// start, with the same words or with other ones. Which it is shows in the first words; until then they are held.
/// </remarks>
/// <param name="written">What the reader has already.</param>
internal sealed class Seam(string written)
{
    // Shorter ends of a text may come again by chance.
    private const int LeastRepeat = 10;
    private const int LeastWord = 3;

    private readonly List<int> starts = Starts(written);
    private string held = "";

    public bool Decided { get; private set; } = written.Length == 0;

    /// <summary>The host does not continue: its text is an answer of its own.</summary>
    public bool BeginsAnew { get; private set; }

    /// <returns>What goes on the written text; empty while that is not known.</returns>
    public string Push(string piece, bool final)
    {
        if (Decided) return piece;
        held += piece;
        if (held.Length == 0) return "";
        var pending = false;
        foreach (var start in starts)
        {
            var (state, taken) = Repeats(start, held);
            if (state == true) return Decide(WithoutGap(held[taken..]));
            pending |= state is null;
        }
        if (pending && !final) return "";
        // No more came than what stands there already.
        if (pending) return Decide("");
        if (RepeatsWord() is { } word) return Decide(held[word..]);
        BeginsAnew = LooksLikeStart();
        return Decide(BeginsAnew ? held : NeedsBlank() ? $" {held}" : held);
    }

    private string Decide(string text)
    {
        Decided = true;
        return text;
    }

    // True with the characters taken where the piece repeats the text from there on, null where it may yet.
    private (bool? Repeats, int Taken) Repeats(int start, string piece)
    {
        var (i, j) = (start, 0);
        while (true)
        {
            while (i < written.Length && char.IsWhiteSpace(written[i])) i++;
            // White space at the end may come again with the next piece.
            if (i == written.Length) return char.IsWhiteSpace(written[^1]) && piece.AsSpan(j).IsWhiteSpace() ? (null, 0) : (true, j);
            while (j < piece.Length && char.IsWhiteSpace(piece[j])) j++;
            if (j == piece.Length) return (null, 0);
            if (written[i++] != piece[j++]) return (false, 0);
        }
    }

    // The white space at the end of the text comes again as well.
    private string WithoutGap(string rest)
    {
        var gap = written[written.TrimEnd().Length..];
        return rest.StartsWith(gap, StringComparison.Ordinal) ? rest[gap.Length..] : rest.TrimStart();
    }

    // "the loo" and then "loop over": the last word again.
    private int? RepeatsWord()
    {
        var from = written.Length;
        while (from > 0 && char.IsLetter(written[from - 1])) from--;
        var word = written[from..];
        return word.Length >= LeastWord && held.StartsWith(word, StringComparison.Ordinal) ? word.Length : null;
    }

    private bool LooksLikeStart()
    {
        // A heading, a quote or bold words may begin an answer.
        var last = written[^1];
        var first = held.AsSpan().TrimStart("*_#>\"'“( ");
        if (char.IsWhiteSpace(last) || char.IsWhiteSpace(held[0]) || InCode() || first.IsEmpty || !char.IsUpper(first[0])) return false;
        return EndsSentence(last) || char.IsLower(last) || last is ',';
    }

    private bool NeedsBlank() => EndsSentence(written[^1]) && char.IsLetterOrDigit(held[0]) && held[0] < 0x2E80 && !InCode();

    private bool InCode()
    {
        var line = written.AsSpan(written.LastIndexOf('\n') + 1);
        return line.Count('`') % 2 == 1 || written.AsSpan().Count("```") % 2 == 1;
    }

    private static bool EndsSentence(char c) => c is '.' or '?' or '!' or ':' or ';' or '…';

    // Where the text and its sentences begin, the earliest first.
    private static List<int> Starts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 1; i < text.Length - LeastRepeat; i++)
            if (!char.IsWhiteSpace(text[i]) && char.IsWhiteSpace(text[i - 1]) && (text[i - 1] == '\n' || (i > 1 && EndsSentence(text[i - 2])))) starts.Add(i);
        return starts;
    }
}
