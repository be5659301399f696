namespace Tutor.Inference.Models;

/// <summary>How a file is fetched. The defaults suit a fast line; tests shorten the times.</summary>
public sealed record DownloadOptions
{
    /// <summary>Parts fetched at the same time.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Bytes of one part. After a break only unfinished parts are fetched again.</summary>
    public int PartBytes { get; init; } = 32 << 20;

    /// <summary>Longest silence before a connection is given up and opened anew.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a connection may fail in a row, without a byte in between, before the download ends.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Wait after the first failure; it doubles with each further one.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of the disk that stay free.</summary>
    public long Reserve { get; init; } = 1L << 30;
}
