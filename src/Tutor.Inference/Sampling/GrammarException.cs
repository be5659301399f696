namespace Tutor.Inference.Sampling;

/// <summary>A grammar that cannot be used; the message says where and why.</summary>
public sealed class GrammarException(string message) : Exception(message);
