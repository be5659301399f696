using Tutor.Inference.Engine;

namespace Tutor.Inference.Embedded;

/// <summary>A piece of an answer as it is written.</summary>
/// <param name="Thoughts">What a reasoning model thinks; not part of the answer.</param>
/// <param name="LogProbs">Null unless asked for.</param>
/// <param name="End">Null except in the last part, which every finished answer has.</param>
public readonly record struct AnswerPart(string Thoughts, string Answer, TokenLogProbs? LogProbs, GenerationEnd? End);
