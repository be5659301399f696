namespace Tutor.Core.Hints;

/// <summary>Levels by the names that packs and the machine API use.</summary>
public static class HintLevels
{
    /// <summary>Every level, from least given away to most.</summary>
    public static IReadOnlyList<HintLevel> All { get; } = Enum.GetValues<HintLevel>();

    /// <summary>Lower case with hyphens, for example "pseudo-code".</summary>
    public static string NameOf(HintLevel level) => level == HintLevel.PseudoCode ? "pseudo-code" : level.ToString().ToLowerInvariant();

    public static bool TryParse(string name, out HintLevel level)
    {
        level = All.FirstOrDefault(l => NameOf(l) == name);
        return level != default;
    }
}
