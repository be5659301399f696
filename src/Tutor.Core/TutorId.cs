namespace Tutor.Core;

/// <summary>Keys of the ledger: UUID version 7 (RFC 9562) as 32 lower-case hex digits, so that text order is creation order.</summary>
public static class TutorId
{
    public static string New() => Guid.CreateVersion7().ToString("N");
}
