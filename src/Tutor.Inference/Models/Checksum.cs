using System.Security.Cryptography;

namespace Tutor.Inference.Models;

/// <summary>SHA-256 of files.</summary>
public static class Checksum
{
    /// <returns>64 hexadecimal digits in lower case.</returns>
    public static async Task<string> OfFileAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }
}
