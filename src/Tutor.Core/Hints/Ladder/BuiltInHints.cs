using Tutor.Core.Courses.Reading;

namespace Tutor.Core.Hints.Ladder;

/// <summary>The hints that come with Tutor, by kind of failure or writing signal.</summary>
internal static class BuiltInHints
{
    /// <summary>For a text that gives no signal.</summary>
    public const string NothingFound = "nothing-found";

    /// <summary>For work that does not exist yet.</summary>
    public const string Empty = "empty";

    private static readonly Lazy<Dictionary<string, IReadOnlyDictionary<HintLevel, string>>> CodeHints = new(() => Read("built-in-code.yaml"));
    private static readonly Lazy<Dictionary<string, IReadOnlyDictionary<HintLevel, string>>> WritingHints = new(() => Read("built-in-writing.yaml"));

    /// <summary>Every kind of <see cref="FailureKind"/>, each with a hint at every level.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<HintLevel, string>> Code => CodeHints.Value;

    /// <summary>Every writing signal and <see cref="NothingFound"/>, each with a hint at every level.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<HintLevel, string>> Writing => WritingHints.Value;

    private static Dictionary<string, IReadOnlyDictionary<HintLevel, string>> Read(string name)
    {
        using var stream = typeof(BuiltInHints).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var problems = new PackProblems();
        var hints = HintsFile.ReadKinds(new(name, TextLines.Plain(reader.ReadToEnd()), problems));
        return problems.Any ? throw new InvalidDataException(problems.Sorted[0].ToString()) : hints;
    }
}
