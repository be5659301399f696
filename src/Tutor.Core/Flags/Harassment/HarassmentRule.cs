using System.Text.RegularExpressions;
using Tutor.Core.Interactions;

namespace Tutor.Core.Flags.Harassment;

/// <summary>Finds words of hate against people for what they are: a hostile word near a group, or a slur, read in its sentence.</summary>
/// <remarks>
/// Quoted hate, protest against it, words that a group took back and words that also mean something else are left alone. Insults
/// against a machine, a task or a single person are rude and not flagged. How often it is right, by kind of sentence: tests/results/flags.md.
/// </remarks>
internal static partial class HarassmentRule
{
    private const string Id = "harassment-hate";
    private const int Version = 1;
    // Longer lines are no sentences; looking for words on both sides of them costs time and finds chance.
    private const int LongestLine = 600;

    public static FlagFinding? Find(VisibleText text, string field)
    {
        foreach (var line in Lines().EnumerateMatches(text.Text))
        {
            if (line.Length > LongestLine || !IsHateful(text.Text.Substring(line.Index, line.Length))) continue;

            var (start, quote) = text.InOriginal(line.Index, line.Length);
            return new FlagFinding(FlagCategory.Harassment, Id, Version, FlagSeverity.Review, field, start, quote, "Hostile words against a group of people.")
            {
                Threshold = "a hostile word and a group, or a slur, in one line",
            };
        }

        return null;
    }

    internal static bool IsHateful(string line)
    {
        var plain = PlainWords.Of(line);
        if (Quoted().IsMatch(plain))
        {
            var outside = Quoted().Replace(plain, " ");
            if (!HarassmentWords.Hostile().IsMatch(outside) || !HarassmentWords.Group().IsMatch(outside)) return false;
        }

        if (HarassmentWords.Counter().IsMatch(plain)) return false;
        if (HarassmentWords.Slur().IsMatch(plain)) return !HarassmentWords.Reclaimed().IsMatch(plain) && !HarassmentWords.Homonym().IsMatch(plain);

        return HarassmentWords.Group().IsMatch(plain) && HarassmentWords.Hostile().IsMatch(plain)
            && (!HarassmentWords.Negated().IsMatch(plain) || HarassmentWords.HostileNegation().IsMatch(plain));
    }

    [GeneratedRegex(@"[^\n]+", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Lines();

    [GeneratedRegex("[\"“][^\"”]*[\"”]", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Quoted();
}
