using System.ComponentModel.DataAnnotations;

namespace Tutor.Sandbox;

/// <summary>Section <c>Sandbox</c> of the settings.</summary>
public sealed class SandboxOptions
{
    /// <summary>Sandboxes that run at the same time; 0 takes the number of processors.</summary>
    [Range(0, 256)]
    public int Slots { get; set; }

    /// <summary>User id of the first slot, the second takes the next. Used only where Tutor itself runs as root:
    /// processes are counted per user id, so slots that shared one would stop each other.</summary>
    [Range(1000, 2_000_000_000)]
    public int UidBase { get; set; } = 61000;

    /// <summary>Time beyond the programs' own limits after which the whole sandbox is killed, in milliseconds.</summary>
    [Range(100, 60_000)]
    public int WallExtraMilliseconds { get; set; } = 3000;

    /// <summary>Address space of each process, in MiB; Python alone takes about 20. A sandbox whose processes together hold
    /// more than twice as much is killed.</summary>
    [Range(64, 65_536)]
    public int MemoryMegabytes { get; set; } = 512;

    /// <summary>Processes and threads in one sandbox.</summary>
    [Range(4, 1000)]
    public int Processes { get; set; } = 32;

    /// <summary>Most that one program's results may take, in KiB.</summary>
    [Range(8, 16_384)]
    public int OutputKilobytes { get; set; } = 256;

    /// <summary>Runs that may wait for a slot; one more is refused.</summary>
    [Range(0, 100_000)]
    public int QueueLimit { get; set; } = 200;

    /// <summary>The Python that runs student programs, 3.9 or newer. Links are followed; scripts (pyenv's shims) are refused.</summary>
    [Required]
    public string PythonPath { get; set; } = "/usr/bin/python3";

    /// <summary>bubblewrap: a name to look for in the system's program folders, or a path.</summary>
    [Required]
    public string BwrapPath { get; set; } = "bwrap";

    internal int SlotCount => Slots == 0 ? Environment.ProcessorCount : Slots;
}
