using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Tutor.Core.Hints;

/// <summary>Regular expressions from course packs, which must not be able to hold up a server.</summary>
/// <remarks>Linear time (NonBacktracking) where the pattern allows it; look-arounds, back-references and atomic groups backtrack, under a timeout.</remarks>
public static class PackPattern
{
    private const RegexOptions Common = RegexOptions.Multiline | RegexOptions.CultureInvariant;

    /// <summary>Long against any sensible match, short against a hint's time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    // One entry per pattern of the courses in use; the bound only stops a stream of edited drafts from piling up.
    private const int MostKept = 4096;
    private static readonly ConcurrentDictionary<string, Regex> Compiled = new();

    /// <summary>What is wrong with a pattern; null when it compiles.</summary>
    public static string? ProblemOf(string pattern)
    {
        try
        {
            Compile(pattern);
            return null;
        }
        catch (ArgumentException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>Whether the pattern occurs in the text; false when that cannot be found out in 100 ms.</summary>
    /// <exception cref="ArgumentException">The pattern does not compile; packs are checked for that when they are read.</exception>
    public static bool IsMatch(string pattern, string text)
    {
        if (Compiled.Count > MostKept) Compiled.Clear();
        try
        {
            return Compiled.GetOrAdd(pattern, Compile).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // A misconception that cannot be recognised in time is not recognised: the next one, or the general hint, serves.
            return false;
        }
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new(pattern, Common | RegexOptions.NonBacktracking, Longest);
        }
        catch (NotSupportedException)
        {
            return new(pattern, Common, Longest);
        }
    }
}
