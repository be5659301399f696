namespace Tutor.ModelHost;

/// <summary>The settings do not go together; the message says what to change.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
