namespace Tutor.Web.Ui;

public static class WordCount
{
    /// <summary>Words as a word processor counts them: runs without white space that hold a letter or a digit.</summary>
    public static int Of(string text)
    {
        var (count, counted) = (0, false);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c)) counted = false;
            else if (!counted && char.IsLetterOrDigit(c))
            {
                counted = true;
                count++;
            }
        }
        return count;
    }
}
