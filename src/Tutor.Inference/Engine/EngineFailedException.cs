namespace Tutor.Inference.Engine;

/// <summary>The model could not compute a step, or the engine has stopped. The request may be sent again elsewhere.</summary>
public sealed class EngineFailedException(string message, Exception? cause = null) : Exception(message, cause);
