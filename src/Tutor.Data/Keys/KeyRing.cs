using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Tutor.Core;

namespace Tutor.Data.Keys;

/// <summary>Data protection keys in the database, so that sign-ins and forms outlive a restart and hold on every node.</summary>
public sealed class KeyRing(Database database) : IXmlRepository
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
}
