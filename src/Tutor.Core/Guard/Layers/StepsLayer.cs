using System.Text.RegularExpressions;
using Tutor.Core.Guard.Reading;
using Tutor.Core.Hints;

namespace Tutor.Core.Guard.Layers;

/// <summary>A program in words: list items or sentences that set up, loop, decide, collect and give back. A matter of the level allowed.</summary>
/// <remarks>Steps for finding a mistake ("print it, compare, look at the line") are of one kind or two; a program is of three or more.</remarks>
internal sealed partial class StepsLayer : ILeakLayer
{
    private const int LeastSteps = 3, LeastKinds = 3;

    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits)
    {
        if (work.Context.AllowedLevel >= HintLevel.PseudoCode) yield break;
        var steps = Steps(hint).ToList();
        int before = steps.Count;
        if (before == 0) yield break;
        steps.AddRange(earlier.SelectMany(e => Steps(e.Hint)));
        int kinds = steps.SelectMany(s => s.Kinds).Distinct().Count();
        if (steps.Count >= LeastSteps && kinds >= LeastKinds)
            yield return new(LeakLayer.Steps, string.Join('\n', steps.Take(before).Select(s => s.Text)), $"The program in words, in {steps.Count} steps; the exercise allows no pseudo-code.");
    }

    private static IEnumerable<(string Text, string[] Kinds)> Steps(HintCode hint) =>
        Steps(hint.Hint);

    public static bool HasStep(HintText hint) => Steps(hint).Any();

    private static IEnumerable<(string Text, string[] Kinds)> Steps(HintText hint) =>
        hint.Text.Split('\n').Select(l => Item().Match(l)).Where(m => m.Success).Select(m => m.Groups["step"].Value.Trim())
            .Select(text => (Text: text, Kinds: KindsOf(text))).Where(s => s.Kinds.Length > 0 && !s.Text.EndsWith('?'));

    private static string[] KindsOf(string step) => [.. Step().Matches(step).SelectMany(m => m.Groups.Values.Where(g => g.Success && !char.IsAsciiDigit(g.Name[0])).Select(g => g.Name)).Distinct()];

    [GeneratedRegex(@"^\s*(?:(?:[-*+•]|\d+[.):]|step \d+[.:]?)\s+|(?:first|then|next|after that|finally|lastly)\b,?\s+)(?<step>.+)$", RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex Item();

    [GeneratedRegex(
        @"^\W*(?<define>def(?:ine)?\b|write a function)|^\W*(?<loop>for (?:each|every|all|any|\w+ (?:in|from))\b|loop\b|iterate\b|go (?:through|over)\b|walk (?:through|over)\b|while\b|repeat\b)"
        + @"|^\W*(?<decide>if\b|el(?:se|if)\b|otherwise\b|when\b)|^\W*(?<give>return\b|give back\b|hand back\b|output\b)"
        + @"|^\W*(?<set>set\b|let\b|initiali[sz]e\b|assign\b|start with (?:an? )?(?:empty|zero|new)|(?:create|make) (?:an? )?(?:empty|new)\b)|\b(?<set>becomes|is set to|goes up by|goes down by|increase[sd]? by)\b"
        + @"|^\W*(?<collect>add\b|append\b|remove\b|insert\b|increase\b|increment\b|decrease\b|swap\b|put\b)|\badd \(", RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex Step();
}
