namespace Tutor.Inference.Engine;

/// <summary>A run of prompt text, and whether it may become control tokens.</summary>
/// <remarks>
/// Only what a chat template wrote is control text: there, <c>&lt;|im_end|&gt;</c> is one special token. What a person wrote never is:
/// the same characters stay ordinary text, so a student cannot end their turn and begin the system's.
/// Tokens never span two segments; put text that belongs together into one.
/// </remarks>
public readonly record struct PromptSegment(string Text, bool IsControl)
{
    /// <summary>Text of the template, in which names of special tokens become those tokens.</summary>
    public static PromptSegment Control(string text) => new(text, true);

    /// <summary>Text of a person or a course, in which nothing is special.</summary>
    public static PromptSegment Plain(string text) => new(text, false);
}
