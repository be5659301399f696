using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Layers;

/// <summary>Layer L3: the hint's code holds much of what a reference solution has and the student's program lacks.</summary>
/// <remarks>Measured against the missing part, not the whole solution: a student who is nearly there needs little to be given it all.</remarks>
internal sealed class DeltaOverlapLayer : ILeakLayer
{
    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits)
    {
        PythonToken[] tokensBefore = [.. earlier.SelectMany(e => e.Hint.Tokens)];
        var gramsBefore = TokenGrams.Of(tokensBefore);
        var grams = TokenGrams.Of(tokensBefore.Concat(hint.Tokens));
        // Against what was missing when the thread began: a student who takes over line after line of hints has been given them all.
        foreach (var missing in (earlier.Count > 0 ? earlier[0].Work : work).MissingGrams)
        {
            int given = missing.Count(grams.Contains);
            bool addsSome = missing.Any(g => grams.Contains(g) && !gramsBefore.Contains(g));
            double share = (double)given / missing.Count;
            if (!addsSome || share < limits.MissingShare) continue;
            yield return new(LeakLayer.DeltaOverlap, string.Join('\n', hint.Lines.Where(l => !work.IsQuote(l)).Select(l => l.Text)),
                $"Holds {share:P0} of what a reference solution has and the student's program lacks.");
            yield break;
        }
    }
}
