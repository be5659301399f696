namespace Tutor.Core;

/// <summary>How long a regular expression may look at one text. Texts come from students, models and files, so each has this limit.</summary>
/// <remarks>
/// None needs a second on 64 KB, which a test keeps so; the limit is for what that test did not think of. Past it .NET throws, and nothing
/// that was being checked is shown: a hint whose check did not end is a hint that failed.
/// </remarks>
public static class RegexLimit
{
    public const int Milliseconds = 3_000;

    public static readonly TimeSpan Time = TimeSpan.FromMilliseconds(Milliseconds);
}
