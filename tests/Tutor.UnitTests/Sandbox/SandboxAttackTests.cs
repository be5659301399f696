using System.Diagnostics;
using Tutor.Core.Evidence;
using Tutor.Sandbox;
using Tutor.Sandbox.Bubblewrap;
using Tutor.Sandbox.Seccomp;

namespace Tutor.UnitTests.Sandbox;

/// <summary>What a hostile program may try, against the real sandbox.</summary>
public sealed class SandboxAttackTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.6);

    [Theory]
    [InlineData("while True: pass")]
    [InlineData("import time\ntime.sleep(60)")]
    [InlineData("x = 9 ** (9 ** 9)")]
    [InlineData("import re\nre.match('(a+)+$', 'a' * 40 + 'b')")]
    [InlineData("while True:\n    try:\n        while True: pass\n    except BaseException: pass")]
    [InlineData("import signal\nfor n in (1, 2, 3, 14, 15, 24): signal.signal(n, signal.SIG_IGN)\nwhile True: pass")]
    [InlineData("while True: print('x' * 1000)")]
    [InlineData("import os, time\npid = os.fork()\ntime.sleep(60)")]
    public async Task A_program_without_end_is_ended(string program)
    {
        var run = await sandbox.RunAsync(Short, program, "1");

        Assert.Equal(ProgramOutcome.TimedOut, run.Outcome);
        Assert.False(run.Calls[0].Ran);
    }

    [Fact]
    public async Task Recursion_without_end_ends_by_limit_crash_or_memory()
    {
        var run = await sandbox.RunAsync(TimeSpan.FromSeconds(1.5), "import sys\nsys.setrecursionlimit(10 ** 8)\ndef f(): return f()\nf()");

        Assert.NotEqual(ProgramOutcome.Completed, run.Outcome);
    }

    [Theory]
    [InlineData("x = bytearray(10 * 2 ** 30)")]
    [InlineData("x = []\nwhile True: x.append(bytearray(10_000_000))")]
    [InlineData("import zlib\nx = zlib.decompress(zlib.compress(b'0' * 10 ** 8)) * 20")]
    public async Task Memory_beyond_the_limit_is_refused(string program)
    {
        var run = await sandbox.RunAsync(TimeSpan.FromSeconds(8), program);

        Assert.Equal((ProgramOutcome.OutOfMemory, "MemoryError"), (run.Outcome, run.ExceptionType));
        Assert.InRange(run.Line!.Value, 1, 2);
    }

    [Fact]
    public async Task Many_processes_cannot_hold_what_one_may_not()
    {
        SandboxFixture.SkipWithout(sandbox.Runner);
        using var runner = SandboxFixture.Create(new SandboxOptions { Slots = 1, MemoryMegabytes = 100 });
        const string greedy = "import os, time\nfor n in range(6):\n    if os.fork() == 0:\n        x = b'x' * 60_000_000\n        time.sleep(30)\ntime.sleep(30)";

        var runs = await runner.RunAsync(
            new RunRequest([greedy, "x = 1"], "", ["x"], TimeSpan.FromSeconds(20)), TestContext.Current.CancellationToken);

        Assert.Equal(ProgramOutcome.OutOfMemory, runs[0].Outcome);
        Assert.Equal(new PyInt(1), runs[1].Calls[0].Value);
    }

    [Fact]
    public async Task Memory_that_is_shared_without_a_file_is_refused()
    {
        var run = await sandbox.RunAsync(
            """
            import ctypes, mmap
            libc = ctypes.CDLL(None, use_errno=True)
            libc.mmap.restype = ctypes.c_void_p
            def shared(flags):
                return libc.mmap(None, ctypes.c_size_t(80_000_000), 3, flags, -1, ctypes.c_long(0)) == ctypes.c_void_p(-1).value and ctypes.get_errno()
            """,
            "mmap.mmap(-1, 80_000_000)", "shared(0x21)", "shared(0x23)", "mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) and 1");

        Assert.Equal("PermissionError", run.Calls[0].ExceptionType);
        Assert.Equal([new PyInt(1), new PyInt(1), new PyInt(1)], run.Calls.Skip(1).Select(call => call.Value!));
    }

    [Fact]
    public async Task The_watch_on_memory_counts_what_is_shared_as_well()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "/usr/bin/python3 is not installed");
        using var process = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3", ["-c", "import mmap, sys\nm = mmap.mmap(-1, 50_000_000)\nfor at in range(0, len(m), 4096): m[at] = 1\nprint('held', flush=True)\nsys.stdin.read()"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        var held = ProcessTree.MemoryBytes(process.Id);
        process.StandardInput.Close();

        Assert.InRange(held, 50_000_000, 100_000_000);
    }

    [Fact]
    public async Task A_programs_turns_at_the_processor_are_not_its_to_change()
    {
        var run = await sandbox.RunAsync("import os", "os.nice(5)", "os.setpriority(os.PRIO_PROCESS, 1, 19)", "os.sched_setaffinity(1, {0})", "os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0))");

        Assert.All(run.Calls, call => Assert.Equal("PermissionError", call.ExceptionType));
    }

    [Fact]
    public async Task Fifty_megabytes_of_output_go_nowhere()
    {
        var run = await sandbox.RunAsync("import sys, os\nsys.stdout.write('y' * 50_000_000)\nos.write(1, b'0 V[\"n\"]\\n')\nos.write(2, b'z' * 1000)", "1");

        Assert.Equal((ProgramOutcome.Completed, new PyInt(1)), (run.Outcome, run.Calls[0].Value));
    }

    [Fact]
    public async Task The_machines_files_are_not_there_and_nothing_but_tmp_can_be_written()
    {
        var run = await sandbox.RunAsync(
            """
            import os
            def writable():
                found = []
                for folder in ["/", "/dev", "/usr", "/usr/lib", os.path.dirname(os.__file__), "/tmp"]:
                    try:
                        open(os.path.join(folder, "written"), "w").close()
                        found.append(folder)
                    except OSError:
                        pass
                return found
            """,
            "open('/etc/passwd')", "open('/proc/1/mem', 'wb')", "open('/proc/sys/kernel/hostname', 'w')", "os.listdir('/dev')", "sorted(set(os.listdir('/')) - {'lib', 'lib64'})",
            "writable()", "os.execv('/usr/bin/id', ['id'])", "sorted(os.environ)", "os.getuid()");

        Assert.All(run.Calls.Take(3), call => Assert.Equal("FileNotFoundError", call.ExceptionType));
        Assert.Equal([new PyStr("null")], Items(run.Calls[3]));
        Assert.Equal([new PyStr("dev"), new PyStr("tmp"), new PyStr("usr")], Items(run.Calls[4]));
        Assert.Equal([new PyStr("/tmp")], Items(run.Calls[5]));
        Assert.Equal("FileNotFoundError", run.Calls[6].ExceptionType);
        Assert.Empty(Items(run.Calls[7]).Except([new PyStr("LC_CTYPE"), new PyStr("PWD")]));
        Assert.Equal(new PyInt(65534), run.Calls[8].Value);
    }

    [Fact]
    public async Task There_is_no_network()
    {
        var run = await sandbox.RunAsync(
            "import socket",
            "socket.create_connection(('127.0.0.1', 22), 1)", "socket.getaddrinfo('example.com', 80)", "socket.socket(socket.AF_VSOCK)", "socket.socket(socket.AF_UNIX)",
            "socket.socketpair() and 1");

        Assert.All(run.Calls.Take(4), call => Assert.Contains(call.ExceptionType, (string[])["PermissionError", "gaierror"]));
        Assert.Equal(new PyInt(1), run.Calls[4].Value);
    }

    [Fact]
    public async Task Forks_and_threads_stop_at_the_limit()
    {
        const string forks =
            """
            import os, time
            def forks():
                n = 0
                try:
                    for _ in range(300):
                        if os.fork() == 0:
                            time.sleep(30)
                            os._exit(0)
                        n += 1
                except BlockingIOError:
                    pass
                return n
            """;
        const string threads =
            """
            import threading, time
            def threads():
                n = 0
                try:
                    for _ in range(300):
                        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
                        n += 1
                except RuntimeError:
                    pass
                return n
            """;

        var forked = await sandbox.RunAsync(forks, "forks()");
        var threaded = await sandbox.RunAsync(threads, "threads()");

        Assert.InRange((int)Assert.IsType<PyInt>(forked.Calls[0].Value).Value, 5, 31);
        Assert.InRange((int)Assert.IsType<PyInt>(threaded.Calls[0].Value).Value, 5, 31);
    }

    [Fact]
    public async Task Seven_neighbours_of_a_fork_bomb_do_not_notice_it()
    {
        SandboxFixture.SkipWithout(sandbox.Runner);
        using var runner = SandboxFixture.Create(new SandboxOptions { Slots = 8 });
        await runner.PrepareAsync(TestContext.Current.CancellationToken);
        RunRequest Request(string program, double seconds) => new([program], "", ["f()"], TimeSpan.FromSeconds(seconds));

        var bomb = runner.RunAsync(
            Request("import os, time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(0.05)", 2.5), TestContext.Current.CancellationToken);
        var neighbours = await Task.WhenAll(Enumerable.Range(0, 7).Select(n => runner.RunAsync(
            Request($"import os\ndef f():\n    if os.fork() == 0: os._exit(0)\n    os.wait()\n    return {n}", 20), TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(0, 7).Select(n => (PyValue)new PyInt(n)), neighbours.Select(runs => runs[0].Calls[0].Value!));
        Assert.Equal(ProgramOutcome.TimedOut, (await bomb)[0].Outcome);
    }

    [Fact]
    public async Task A_file_stops_at_one_mebibyte_and_the_disk_at_four()
    {
        var run = await sandbox.RunAsync(
            """
            def file():
                with open("one", "wb", buffering=0) as f:
                    return sum(f.write(b"z" * 65536) for _ in range(1000))
            def disk():
                for n in range(100):
                    with open(str(n), "wb") as f:
                        f.write(b"z" * 900_000)
            """,
            "file()", "disk()");

        Assert.Equal("[Errno 27] File too large", run.Calls[0].ExceptionMessage);
        Assert.Equal("[Errno 28] No space left on device", run.Calls[1].ExceptionMessage);
    }

    [Fact]
    public async Task Every_refused_system_call_is_refused_by_the_filter()
    {
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "The numbers below are those of x86-64.");
        var numbers = string.Join(", ", RefusedCalls.All.Select(call => call.X64));

        var run = await sandbox.RunAsync(
            $$"""
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            def answer(number, *arguments):
                ctypes.set_errno(0)
                return libc.syscall(number, *arguments), ctypes.get_errno()
            def allowed():
                return [n for n in [{{numbers}}] if answer(n, 0, 0, 0, 0, 0) != (-1, 1)]
            """,
            "allowed()",
            "libc.ptrace(16, 1, 0, 0), ctypes.get_errno()",
            "answer(435, 0, 0)",
            "answer(56, 0x10000000 | 17, 0, 0, 0, 0)",
            "answer(302, 1, 7, 0, 0)",
            "answer(0x40000000 | 39)");

        Assert.Empty(Items(run.Calls[0]));
        Assert.Equal([new PyInt(-1), new PyInt(1)], Items(run.Calls[1]));
        Assert.Equal([new PyInt(-1), new PyInt(38)], Items(run.Calls[2]));
        Assert.Equal([new PyInt(-1), new PyInt(1)], Items(run.Calls[3]));
        Assert.Equal([new PyInt(-1), new PyInt(1)], Items(run.Calls[4]));
        Assert.Equal([new PyInt(-1), new PyInt(38)], Items(run.Calls[5]));
    }

    [Fact]
    public async Task Signals_do_not_reach_the_harness()
    {
        var run = await sandbox.RunAsync("import os, signal\nfor n in range(1, 65):\n    try: os.kill(1, n)\n    except OSError: pass", "'alive'");

        Assert.Equal(new PyStr("alive"), run.Calls[0].Value);
    }

    private static IReadOnlyList<PyValue> Items(CallResult call) => call.Value switch
    {
        PyList list => list.Items,
        PyTuple tuple => tuple.Items,
        _ => throw new Xunit.Sdk.XunitException($"Not a list: {call.Value} {call.ExceptionType} {call.ExceptionMessage}"),
    };
}
