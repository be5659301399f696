namespace Tutor.Core.Interactions;

/// <summary>How much Tutor takes of each text, in characters (UTF-16 code units). Longer ones are refused in words; nothing is ever cut.</summary>
public static class SubmissionLimits
{
    /// <summary>A program or a text: some 1,500 lines of code or 10,000 words.</summary>
    public const int Work = 64 * 1024;

    /// <summary>A question.</summary>
    public const int Question = 4_000;
}
