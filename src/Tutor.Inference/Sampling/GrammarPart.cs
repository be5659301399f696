namespace Tutor.Inference.Sampling;

/// <summary>What a grammar is made of, as far as its bounds go.</summary>
internal enum GrammarPart
{
    /// <summary>A name that is defined here.</summary>
    Rule,

    /// <summary>A name that is used.</summary>
    Name,
    Open,
    Close,

    /// <summary>The number of a repetition.</summary>
    Times,

    /// <summary>A text or class of characters without its end.</summary>
    Unclosed,
}
