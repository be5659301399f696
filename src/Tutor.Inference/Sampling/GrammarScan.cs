namespace Tutor.Inference.Sampling;

/// <summary>Goes through a grammar once, each character looked at a fixed number of times: callers send it.</summary>
/// <remarks>Texts, classes of characters, tokens and comments are passed over whole, so that what looks like a name inside them is none.</remarks>
internal ref struct GrammarScan(string grammar)
{
    private readonly ReadOnlySpan<char> text = grammar;
    private int at;
    private bool inBraces;

    public GrammarPart Kind { get; private set; }
    public ReadOnlySpan<char> Text { get; private set; }

    /// <returns>False at the end.</returns>
    public bool Read()
    {
        while (at < text.Length)
        {
            switch (text[at])
            {
                case '"': if (!Closed('"')) return true; break;
                case '[': if (!Closed(']')) return true; break;
                case '#': To('\n'); break;
                case '<': Token(); break;
                case '(': return Found(GrammarPart.Open, 1);
                case ')': return Found(GrammarPart.Close, 1);
                case '{': (inBraces, at) = (true, at + 1); break;
                case '}': (inBraces, at) = (false, at + 1); break;
                default:
                    if (!IsName(text[at])) at++;
                    else return Word();
                    break;
            }
        }
        return false;
    }

    private bool Word()
    {
        var length = 1;
        while (at + length < text.Length && IsName(text[at + length])) length++;
        var word = text.Slice(at, length);
        if (inBraces && word.IndexOfAnyExceptInRange('0', '9') < 0) return Found(GrammarPart.Times, length);
        // Blanks between two words are looked at once here and once by the loop above.
        var next = text[(at + length)..].TrimStart();
        return Found(next.StartsWith("::=") ? GrammarPart.Rule : GrammarPart.Name, length);
    }

    private bool Found(GrammarPart kind, int length)
    {
        Text = text.Slice(at, length);
        (Kind, at) = (kind, at + length);
        return true;
    }

    // A backslash takes the next character along.
    private bool Closed(char end)
    {
        var start = at++;
        while (at < text.Length && text[at] != end) at += text[at] == '\\' ? 2 : 1;
        if (at++ < text.Length) return true;
        Text = text[start..];
        (Kind, at) = (GrammarPart.Unclosed, text.Length);
        return false;
    }

    // <name> and <[number]> name a token of the model.
    private void Token()
    {
        var length = text[at..].IndexOfAny('>', '\r', '\n');
        at += length > 0 && text[at + length] == '>' ? length + 1 : 1;
    }

    private void To(char end)
    {
        var length = text[at..].IndexOf(end);
        at = length < 0 ? text.Length : at + length;
    }

    private static bool IsName(char character) => char.IsAsciiLetterOrDigit(character) || character == '-';
}
