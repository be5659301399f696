namespace Tutor.Core.Guard.Layers;

/// <summary>One way to see that a hint hands over the answer. Pure: the same hint and work always give the same verdicts.</summary>
internal interface ILeakLayer
{
    /// <param name="earlier">Hints already shown on the same exercise; alone they never cause a verdict.</param>
    IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits);
}
