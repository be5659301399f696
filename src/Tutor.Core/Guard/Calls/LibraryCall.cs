namespace Tutor.Core.Guard.Calls;

/// <summary>A call in a hint's code: <c>math.sqrt(2)</c> has the owner "math" and the name "sqrt".</summary>
/// <param name="Owner">The name or literal before the dot; null for a plain call.</param>
/// <param name="Start">Offset of the name in the code it was read from.</param>
internal sealed record LibraryCall(string? Owner, bool OwnerIsLiteral, string Name, int Start);
