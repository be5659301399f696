using System.Globalization;

namespace Tutor.Runtime;

/// <summary>This process as the ledger names the owner of a running row. Another start is another owner.</summary>
internal sealed class RuntimeNode
{
    public string Owner { get; } =
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");
}
