namespace Tutor.Core.Guard.Reading;

/// <summary>What a stretch of a hint is to its reader.</summary>
public enum HintPartKind { Prose, Code, Quotation }

/// <summary>One stretch of a hint: a line of prose, a whole block of code, or a whole block quotation.</summary>
/// <param name="Start">Offset in the hint.</param>
/// <param name="End">Offset after it, its last line end included.</param>
/// <param name="Content">Without fences, list markers and quote marks.</param>
/// <param name="Open">The next line could still belong to it: nothing can be said of it yet.</param>
public sealed record HintPart(HintPartKind Kind, int Start, int End, string Content, bool Open);

/// <summary>Code inside a line: between backticks.</summary>
/// <param name="Start">Offset of the first backtick in the hint.</param>
public sealed record CodeSpan(int Start, int End, string Content);

/// <summary>"Change `Old` to `New`".</summary>
public sealed record ChangePair(string Old, string New);
