using System.ComponentModel.DataAnnotations;

namespace Tutor.Runtime.Nodes;

/// <summary>Section <c>Node</c> of the settings: how the other nodes reach this one. Only where they share a PostgreSQL database.</summary>
public sealed class NodeOptions
{
    public const string Section = "Node";

    /// <summary>IP address of this machine as the others reach it. Unset: all nodes are on one machine.</summary>
    public string? Address { get; set; }

    /// <summary>TCP port for the traffic between nodes, open to them and to nobody else. Unset takes a free one.</summary>
    [Range(1, 65535)]
    public int? Port { get; set; }

    /// <summary>How long after a signal to stop <c>/health/ready</c> says no before pages are sent to another node: the time a proxy takes to notice.</summary>
    [Range(0, 300)]
    public double DrainSeconds { get; set; } = 3;
}
