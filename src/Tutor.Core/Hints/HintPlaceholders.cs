namespace Tutor.Core.Hints;

/// <summary>The words in braces that a ladder's hints may use.</summary>
public static class HintPlaceholders
{
    public static IReadOnlyList<string> Names { get; } = ["test", "call", "expected", "actual", "exception", "line"];
}
