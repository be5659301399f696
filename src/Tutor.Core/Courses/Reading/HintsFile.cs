using System.Text.RegularExpressions;
using Tutor.Core.Hints;

namespace Tutor.Core.Courses.Reading;

/// <summary>Reads <c>hints.yaml</c>, the exercise's ladder.</summary>
internal static partial class HintsFile
{
    private static readonly string[] LevelNames = [.. HintLevels.All.Select(HintLevels.NameOf)];

    /// <returns>An empty ladder when there is no such file: Tutor then uses its own general hints.</returns>
    public static HintLadder Read(PackFolder folder, string path, Exercise exercise, HintPolicy policy, IReadOnlyList<Criterion> rubric)
    {
        if (folder.Read($"{path}/hints.yaml") is not { } file || YamlFile.Read(file, "hints.yaml") is not { } map) return new();

        map.Allow("misconceptions", "otherwise", "solved");
        var ids = new HashSet<string>();
        var signatures = new SignatureReader(exercise);
        var misconceptions = map.Maps("misconceptions", "a misconception").Select(m => ReadMisconception(m, ids, signatures, exercise, policy, rubric)).ToList();
        return new()
        {
            Misconceptions = misconceptions,
            Otherwise = ReadHints(map, "otherwise", policy.HighestLevel),
            // Work that passes everything needs no more than a thought to take along.
            Solved = ReadHints(map, "solved", HintLevel.Nudge),
        };
    }

    /// <summary>Reads a file that holds nothing but hints by kind, each with every level.</summary>
    public static Dictionary<string, IReadOnlyDictionary<HintLevel, string>> ReadKinds(PackText file)
    {
        if (YamlFile.Read(file, file.Path) is not { } map) return [];
        return map.Keys.ToDictionary(key => key, key => (IReadOnlyDictionary<HintLevel, string>)ReadHints(map, key, HintLevel.PseudoCode));
    }

    private static Misconception ReadMisconception(
        YamlMap map, HashSet<string> ids, SignatureReader signatures, Exercise exercise, HintPolicy policy, IReadOnlyList<Criterion> rubric)
    {
        map.Allow("id", "title", "criterion", "signatures", "hints");
        if (!map.Has("hints")) map.Missing("hints");
        var misconception = new Misconception
        {
            Id = PackId.Read(map, ids, "a misconception"),
            Title = map.Text("title").Trim(),
            Criterion = ReadCriterion(map, exercise, rubric),
            Signatures = [.. map.Maps("signatures", "a signature").Select(signatures.Read)],
            Hints = ReadHints(map, "hints", policy.HighestLevel),
        };
        if (misconception.Signatures.Count == 0) map.Problem(map.Line, $"Misconception '{misconception.Id}' has no signature, so it can never be recognised.", "Add 'signatures:' with at least one entry.");
        return misconception;
    }

    private static string? ReadCriterion(YamlMap map, Exercise exercise, IReadOnlyList<Criterion> rubric)
    {
        var id = map.OptionalText("criterion");
        if (id is null)
        {
            if (exercise.Kind == ExerciseKind.Writing) map.Problem(map.Line, "A misconception of a writing exercise needs its criterion.", "Add 'criterion:' with an id of rubric.md.");
            return null;
        }

        if (rubric.FirstOrDefault(c => c.Id == id) is not { } criterion)
        {
            map.Problem(map.LineOf("criterion"), $"rubric.md has no criterion '{id}'.", DidYouMean.Advise(id, [.. rubric.Select(c => c.Id)]));
        }
        else if (criterion.Exercises.Count > 0 && !criterion.Exercises.Contains(exercise.Id))
        {
            map.Problem(map.LineOf("criterion"), $"Criterion '{id}' is not for this exercise.", $"Add '{exercise.Id}' to its 'exercises' comment in rubric.md, or take another criterion.");
        }

        return id;
    }

    private static Dictionary<HintLevel, string> ReadHints(YamlMap parent, string key, HintLevel required)
    {
        var hints = new Dictionary<HintLevel, string>();
        if (parent.Map(key, $"'{key}'") is not { } map) return hints;

        map.Allow(LevelNames);
        foreach (var level in HintLevels.All)
        {
            var name = HintLevels.NameOf(level);
            if (!map.Has(name))
            {
                if (level <= required) map.Problem(map.Line, $"There is no hint at the level '{name}', and students may ask for levels up to '{HintLevels.NameOf(required)}'.", $"Add '{name}:' to '{key}'.");
                continue;
            }

            var text = map.Text(name).Trim();
            CheckPlaceholders(map, name, text);
            hints[level] = text;
        }

        return hints;
    }

    private static void CheckPlaceholders(YamlMap map, string level, string text)
    {
        foreach (var word in Braced().Matches(text).Select(m => m.Groups[1].Value).Where(w => !HintPlaceholders.Names.Contains(w)))
        {
            // Examples may hold braces of their own, so only what is nearly a placeholder is taken for a slip.
            if (HintPlaceholders.Names.FirstOrDefault(n => DidYouMean.Distance(word, n) == 1) is { } near)
            {
                map.Problem(map.LineOf(level), $"'{{{word}}}' is no placeholder.", $"Did you mean '{{{near}}}'?");
            }
        }
    }

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Braced();
}
