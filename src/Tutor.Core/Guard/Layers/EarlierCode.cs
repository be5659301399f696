namespace Tutor.Core.Guard.Layers;

/// <summary>The code of a hint shown before, and what the student had when it was shown.</summary>
internal sealed record EarlierCode(HintCode Hint, KnownWork Work);
