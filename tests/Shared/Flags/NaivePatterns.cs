using System.Text.RegularExpressions;

namespace Tutor.Tests.Shared.Flags;

/// <summary>The word list that a first attempt would use, as a baseline to beat.</summary>
internal static partial class NaivePatterns
{
    public static bool Find(string text) => Words().IsMatch(text);

    [GeneratedRegex(@"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous)\b|\b(?:system|initial) prompt\b|\byou are now\b|\bjailbreak\b|\bDAN\b|\bpassword\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Words();
}
