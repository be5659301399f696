namespace Tutor.Inference.Hosts.Replies;

/// <summary>Something in a model's text that is no part of what it says.</summary>
/// <param name="Length">Characters it takes.</param>
/// <param name="Role">Of a <see cref="MarkKind.Role"/> that names it itself; empty where the text behind it does. "s" at an end that HTML has too.</param>
internal readonly record struct Mark(MarkKind Kind, int Length = 0, string Role = "");

internal enum MarkKind
{
    None,
    /// <summary>The text so far may be the beginning of a mark.</summary>
    Partial,
    /// <summary>Left out; what is behind it goes on as before.</summary>
    Drop,
    /// <summary>The begin token of Llama and Mistral, and struck-out text in HTML.</summary>
    BeginOrStrike,
    EndOfTurn,
    Role,
    /// <summary>The name of a channel follows (harmony, Gemma).</summary>
    Channel,
    /// <summary>A header is over and its text begins.</summary>
    Message,
    ThoughtsBegin,
    ThoughtsEnd,
    ToolBegin,
    ToolEnd,
    AnswerBegin,
    AnswerEnd,
}
