using System.ComponentModel.DataAnnotations;

namespace Tutor.ModelHost;

/// <summary>Section <c>Server</c> of the settings.</summary>
internal sealed class ServerOptions
{
    public const string Section = "Server";

    /// <summary>Keys a caller may show as a bearer token. Without any the host serves this machine only.</summary>
    public IList<string> ApiKeys { get; } = [];

    /// <summary>Serves other machines without a key, as behind a proxy that checks who comes.</summary>
    public bool AllowWithoutKeys { get; set; }

    /// <summary>Most tokens of one answer; also what an answer gets that names no number.</summary>
    [Range(1, 1_000_000)]
    public int MaxTokens { get; set; } = 4096;

    /// <summary>Requests that may wait for a slot; more are told to come back later.</summary>
    [Range(0, 100_000)]
    public int MaxQueue { get; set; } = 64;

    /// <summary>Most bytes of a request.</summary>
    [Range(1024, 1 << 30)]
    public long MaxBodyBytes { get; set; } = 4 << 20;

    /// <summary>Most texts of one embeddings request.</summary>
    [Range(1, 100_000)]
    public int MaxEmbeddingTexts { get; set; } = 2048;

    /// <summary>How long a host that is asked to stop lets running answers finish.</summary>
    [Range(0, 3600)]
    public int DrainSeconds { get; set; } = 120;

    /// <summary>Folder of a web client, as llama.cpp's, that is served at "/" to everyone who reaches the port; empty serves none.</summary>
    public string WebRoot { get; set; } = "";
}
