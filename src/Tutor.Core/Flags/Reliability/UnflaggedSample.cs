using System.Security.Cryptography;
using System.Text;

namespace Tutor.Core.Flags.Reliability;

/// <summary>Draws requests without a flag by chance, for a person to look at: who reads only flags never sees what the rules miss.</summary>
public static class UnflaggedSample
{
    /// <summary>Share of unflagged requests that is drawn.</summary>
    public const double Share = 0.02;

    /// <summary>By the id's hash, so that another attempt at the same request draws the same.</summary>
    public static bool Draws(string interactionId, double share = Share) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"unflagged sample\n{interactionId}"))) < share * uint.MaxValue;
}
