using System.Security.Cryptography;
using System.Text;

namespace Tutor.Core.Privacy.Export;

/// <summary>Names for people that only the holder of a key can make again.</summary>
/// <remarks>HMAC-SHA256 over course and person, not a plain hash: ids are few, and a hash of each could be tried out.</remarks>
public sealed class Pseudonyms(byte[] key, string courseId)
{
    // RFC 4648 without what is read as something else.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Letters = 10;
    private const int FewLetters = 6;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    /// <returns>"S-" and ten characters, 50 bits.</returns>
    public string Of(string personId) => "S-" + Code(personId, Letters);

    /// <summary>For people to read and say: among 2,000 students of a course two share one once in 500 courses.</summary>
    /// <returns>Six characters, 30 bits.</returns>
    public string ShortOf(string personId) => Code(personId, FewLetters);

    private string Code(string personId, int letters)
    {
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{courseId}\n{personId}"));
        var bits = BitConverter.ToUInt64(hash);
        return new string([.. Enumerable.Range(0, letters).Select(i => Alphabet[(int)(bits >> (5 * i)) & 31])]);
    }
}
