namespace Tutor.Sandbox.Seccomp;

/// <summary>A system call's number on both processors we write filters for; -1 where it does not exist.</summary>
internal readonly record struct SystemCall(string Name, int X64, int Arm64);

/// <summary>System calls that student programs are refused (EPERM). Numbers from the kernel's unistd_64.h and asm-generic/unistd.h.</summary>
internal static class RefusedCalls
{
    public static IReadOnlyList<SystemCall> All { get; } =
    [
        // Reaching into other processes. A process may otherwise trace any other of its namespace, the harness too.
        new("ptrace", 101, 117), new("process_vm_readv", 310, 270), new("process_vm_writev", 311, 271),
        new("process_madvise", 440, 440), new("kcmp", 312, 272), new("pidfd_getfd", 438, 438),

        // Parts of the kernel with a long record of privilege bugs and no use for a beginner's program.
        new("userfaultfd", 323, 282), new("bpf", 321, 280), new("perf_event_open", 298, 241),
        new("keyctl", 250, 219), new("add_key", 248, 217), new("request_key", 249, 218),
        new("io_uring_setup", 425, 425), new("io_uring_enter", 426, 426), new("io_uring_register", 427, 427),

        // The file tree and namespaces.
        new("mount", 165, 40), new("umount2", 166, 39), new("pivot_root", 155, 41), new("chroot", 161, 51),
        new("move_mount", 429, 429), new("open_tree", 428, 428), new("open_tree_attr", 467, 467), new("fsopen", 430, 430),
        new("fsconfig", 431, 431), new("fsmount", 432, 432), new("fspick", 433, 433), new("mount_setattr", 442, 442),
        new("statmount", 457, 457), new("listmount", 458, 458), new("unshare", 272, 97), new("setns", 308, 268),
        new("name_to_handle_at", 303, 264), new("open_by_handle_at", 304, 265), new("fanotify_init", 300, 262),
        new("quotactl", 179, 60), new("quotactl_fd", 443, 443),

        // No network is there, but families such as AF_VSOCK and AF_ALG ignore network namespaces. Pairs (asyncio) stay.
        new("socket", 41, 198),

        // Memory that no limit of the process counts.
        new("memfd_create", 319, 279), new("memfd_secret", 447, 447), new("shmget", 29, 194),
        new("msgget", 68, 186), new("semget", 64, 190), new("mq_open", 240, 180),

        // Turns at the processor: the harness and its neighbours keep theirs.
        new("setpriority", 141, 140), new("sched_setscheduler", 144, 119), new("sched_setparam", 142, 118), new("sched_setattr", 314, 274),
        new("sched_setaffinity", 203, 122), new("ioprio_set", 251, 30),

        // The machine. A process without capabilities is refused these anyway; the filter is the second lock.
        new("init_module", 175, 105), new("finit_module", 313, 273), new("delete_module", 176, 106),
        new("kexec_load", 246, 104), new("kexec_file_load", 320, 294), new("reboot", 169, 142),
        new("swapon", 167, 224), new("swapoff", 168, 225), new("acct", 163, 89), new("syslog", 103, 116),
        new("settimeofday", 164, 170), new("clock_settime", 227, 112), new("clock_adjtime", 305, 266),
        new("adjtimex", 159, 171), new("sethostname", 170, 161), new("setdomainname", 171, 162),
        new("personality", 135, 92), new("vhangup", 153, 58), new("iopl", 172, -1), new("ioperm", 173, -1),
        new("modify_ldt", 154, -1), new("uselib", 134, -1), new("ustat", 136, -1), new("sysfs", 139, -1),
    ];

    /// <summary>The first number that kernels had not given away when this list was written (Linux 6.17). Calls from there on are answered
    /// as unknown, as older kernels do: what comes new is not allowed until somebody has looked at it.</summary>
    public const int FirstUnknown = 470;

    /// <summary>Allowed, but not for memory that is shared and without a file: its owner can let go of the pages and nothing counts them any more.</summary>
    public static SystemCall MemoryMap { get; } = new("mmap", 9, 222);

    /// <summary>Allowed, but not with flags that make namespaces.</summary>
    public static SystemCall Clone { get; } = new("clone", 56, 220);

    /// <summary>Its flags are behind a pointer that a filter cannot follow; answered as unknown, so that the C library falls back to clone.</summary>
    public static SystemCall Clone3 { get; } = new("clone3", 435, 435);

    /// <summary>Allowed on the calling process alone; otherwise a program could strangle the harness.</summary>
    public static SystemCall Prlimit { get; } = new("prlimit64", 302, 261);
}
