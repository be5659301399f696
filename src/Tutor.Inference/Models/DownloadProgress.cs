namespace Tutor.Inference.Models;

/// <summary>How far a download is.</summary>
/// <param name="BytesPerSecond">Since this call began, without what was there before.</param>
public readonly record struct DownloadProgress(long Bytes, long Total, double BytesPerSecond);
