namespace Tutor.Core.Hints;

/// <summary>How much a hint gives away, from least to most. The instructor sets the highest level per exercise.</summary>
public enum HintLevel
{
    /// <summary>A question that points the student's attention.</summary>
    Nudge = 1,

    /// <summary>The idea the exercise turns on, explained away from the exercise.</summary>
    Concept = 2,

    /// <summary>Where in the student's own work the trouble is.</summary>
    Location = 3,

    /// <summary>A worked example of the idea on unrelated data.</summary>
    Example = 4,

    /// <summary>The steps in words, without code that could be pasted.</summary>
    PseudoCode = 5,
}
