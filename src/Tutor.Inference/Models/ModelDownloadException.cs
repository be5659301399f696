namespace Tutor.Inference.Models;

/// <summary>A model file could not be fetched or is not what it should be; the message says what to do.</summary>
public sealed class ModelDownloadException(string message, Exception? cause = null) : Exception(message, cause);
