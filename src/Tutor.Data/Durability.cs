namespace Tutor.Data;

/// <summary>What a power cut may take of a committed write. A crash of the process alone takes nothing either way.</summary>
public enum Durability
{
    /// <summary>Nothing: the commit waits for the disk.</summary>
    Full,

    /// <summary>The last moments. For what is made again by itself: claims, leases and checkpoints. A later full commit keeps it too.</summary>
    Relaxed,
}
