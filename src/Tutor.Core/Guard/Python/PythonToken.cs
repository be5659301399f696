namespace Tutor.Core.Guard.Python;

/// <summary>Kinds of token the guard tells apart.</summary>
public enum PythonTokenKind
{
    Name, Keyword, Number, String, Operator, Comment,

    /// <summary>A character Python has no use for; in a hint it means prose.</summary>
    Other,
}

/// <summary>One token of Python source.</summary>
/// <param name="Text">As written, quotes and prefix included.</param>
/// <param name="Start">Offset of the first character.</param>
/// <param name="Line">0-based line of the first character.</param>
public readonly record struct PythonToken(PythonTokenKind Kind, string Text, int Start, int Line)
{
    public int End => Start + Text.Length;

    public bool Is(string text) => Kind is PythonTokenKind.Operator or PythonTokenKind.Keyword && Text == text;
}
