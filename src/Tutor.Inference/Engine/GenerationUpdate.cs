namespace Tutor.Inference.Engine;

/// <summary>One generated token, or the end of the answer.</summary>
/// <param name="Text">
/// The characters that became certain with this token. Often empty: a character may span tokens, and text that could be the
/// beginning of a stop string is held back until it is none.
/// </param>
/// <param name="Token">Id of the token; -1 in the last update.</param>
/// <param name="LogProbs">Null unless asked for.</param>
/// <param name="End">Null except in the last update, which every finished answer has.</param>
public readonly record struct GenerationUpdate(string Text, int Token, TokenLogProbs? LogProbs, GenerationEnd? End);
