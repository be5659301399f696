using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;
using Tutor.Core;

namespace Tutor.Data.Keys;

/// <summary>Data protection keys in the database, so that sign-ins and forms outlive a restart and hold on every node.</summary>
public sealed partial class KeyRing(Database database, ILogger<KeyRing> logger) : IXmlRepository
{
    // The framework asks synchronously, at start and once a day; nothing waits on these calls.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        database.QueryAsync<string>("SELECT xml FROM dp_key ORDER BY id", null, CancellationToken.None)
            .GetAwaiter().GetResult().Select(XElement.Parse).ToList();

    public void StoreElement(XElement element, string friendlyName) =>
        database.ExecuteAsync(
            "INSERT INTO dp_key (id, xml) VALUES (@id, @xml)",
            new { id = TutorId.New(), xml = element.ToString(SaveOptions.DisableFormatting) }, CancellationToken.None)
            .GetAwaiter().GetResult();

    /// <summary>Forgets keys that lie in clear: whoever has an old copy of the database could sign in with them as anybody.</summary>
    public async Task DropKeysInClearAsync(CancellationToken cancel)
    {
        var dropped = await database.ExecuteAsync("DELETE FROM dp_key WHERE xml NOT LIKE '%encryptedSecret%'", null, cancel);
        if (dropped > 0) LogDropped(dropped);
    }

    [LoggerMessage(LogLevel.Warning, "{Count} keys of sign-ins lay in the database in clear and were dropped; everybody signs in once more")]
    private partial void LogDropped(int count);
}
