using System.Security.Cryptography;
using System.Text;

namespace Tutor.Data;

/// <summary>SHA-256 of a text's UTF-8 bytes, as lower-case hex.</summary>
public static class Sha256
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
