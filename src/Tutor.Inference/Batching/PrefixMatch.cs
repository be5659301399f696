namespace Tutor.Inference.Batching;

/// <summary>What a prompt has in common with sequences in the KV cache.</summary>
/// <param name="Source">The sequence with the most of it computed; null when none has any.</param>
/// <param name="Computed">Tokens that can be shared now.</param>
/// <param name="Coming">Tokens that could be shared once a prompt that is being computed is done.</param>
internal readonly record struct PrefixMatch(KvSequence? Source, int Computed, int Coming);
