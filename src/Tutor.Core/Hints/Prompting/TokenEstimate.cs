namespace Tutor.Core.Hints.Prompting;

/// <summary>How many tokens a text will be, before any tokenizer has seen it.</summary>
/// <remarks>Four ASCII characters make a token, the rule of thumb that OpenAI gives for English; any other character counts as one. Hosts
/// differ in their tokenizers and report the true figure afterwards, so more precision here would be lost at the next host.</remarks>
public static class TokenEstimate
{
    public static int Of(string text)
    {
        var ascii = 0;
        foreach (var c in text)
        {
            if (c < 128) ascii++;
        }

        return Of(ascii, text.Length - ascii);
    }

    /// <param name="ascii">Characters of ASCII.</param>
    /// <param name="other">All others.</param>
    public static int Of(long ascii, long other) => (int)(((ascii + 3) / 4) + other);
}
