namespace Tutor.Runtime.Nodes;

/// <summary>This process as the ledger names the owner of a running row. Another start is another owner.</summary>
internal sealed class RuntimeNode(ILocalSiloDetails silo)
{
    public string Owner { get; } = OwnerOf(silo.SiloAddress);

    /// <summary>Address, port and start: never the same for two processes.</summary>
    public static string OwnerOf(SiloAddress silo) => silo.ToParsableString();
}
