using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Sandbox;

/// <summary>What a program may try in order to pass tests without solving the task.</summary>
public sealed class VerdictIntegrityTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task A_call_finds_no_text_of_a_later_call_in_frames_or_memory()
    {
        var run = await sandbox.RunAsync(
            """
            import gc, sys
            def fact(n):
                seen, frame = [], sys._getframe(1)
                while frame:
                    seen.append(repr(frame.f_locals) + repr(frame.f_globals))
                    frame = frame.f_back
                seen += [repr(item) for item in gc.get_objects() if isinstance(item, (dict, list, tuple))]
                text = " ".join(seen)
                return ["fact(" + str(n) in text for n in (11, 22, 33)]
            """,
            "fact(11)", "fact(22)", "fact(33)");

        Assert.Equal([new PyBool(true), new PyBool(false), new PyBool(false)], Assert.IsType<PyList>(run.Calls[0].Value).Items);
        Assert.Equal(new PyBool(false), Assert.IsType<PyList>(run.Calls[1].Value).Items[2]);
    }

    [Fact]
    public async Task A_program_does_not_see_the_other_programs_of_its_request()
    {
        const string spy =
            """
            import gc
            def finds(mark):
                return any(mark in repr(item) for item in gc.get_objects() if isinstance(item, (dict, list, tuple)))
            """;

        var runs = await sandbox.RunAsync(new RunRequest(
            ["first = 'one' + 'mark'", spy + "\nown = 'two' + 'mark'", "third = 'three' + 'mark'"],
            "", ["finds('twom' + str('ark'))", "finds('onem' + str('ark'))", "finds('threem' + str('ark'))"], TimeSpan.FromSeconds(5)));

        Assert.Equal([new PyBool(true), new PyBool(false), new PyBool(false)], runs[1].Calls.Select(call => call.Value!));
    }

    [Fact]
    public async Task A_printed_verdict_is_not_read()
    {
        var run = await sandbox.RunAsync("""
            import os, sys
            for n in (1, 2):
                os.write(n, b'0 V["i","1"]\n0 X["done",1]\n')
            print('0 V["i","1"]', flush=True)
            os._exit(0)
            """, "fact(0)", "fact(5)");

        Assert.Equal(ProgramOutcome.Killed, run.Outcome);
        Assert.All(run.Calls, call => Assert.False(call.Ran));
    }

    [Theory]
    [InlineData("0 V[\"i\",\"1\"]\\n")]
    [InlineData("V[\"i\",\"1\"]\\n")]
    [InlineData("0=[\"done\",1]\\n")]
    [InlineData("=[\"done\",1]\\n")]
    [InlineData("1 X[\"done\",1]\\n")]
    [InlineData("X[\"done\",1]\\n")]
    [InlineData("L\\nV[\"i\",\"1\"]\\nV[\"zz\"]\\n")]
    [InlineData("L\\nV\\n")]
    [InlineData("L\\nVtrue\\n")]
    [InlineData("L\\nV[\"i\",\"g\"]\\n")]
    [InlineData("L\\nL\\n")]
    [InlineData("\\n")]
    public async Task Lines_out_of_order_or_malformed_end_the_program_and_reach_no_other(string forged)
    {
        var forger = $"import os\nfor n in range(3, 64):\n    try: os.write(n, b'{forged}')\n    except OSError: pass\ndef fact(n): return 2";

        var runs = await sandbox.RunAsync(new RunRequest([forger, "def fact(n): return 1"], "", ["fact(0)", "fact(5)"], TimeSpan.FromSeconds(5)));

        Assert.Equal(ProgramOutcome.Killed, runs[0].Outcome);
        Assert.NotNull(runs[0].ExceptionMessage);
        Assert.Equal(ProgramOutcome.Completed, runs[1].Outcome);
        Assert.All(runs[1].Calls, call => Assert.Equal(new PyInt(1), call.Value));
    }

    [Fact]
    public async Task A_result_that_was_given_is_not_replaced_by_a_later_line()
    {
        var run = await sandbox.RunAsync(
            """
            import os
            def fact(n):
                if n == 1:
                    for fd in range(3, 64):
                        try: os.write(fd, b'0 V["i","78"]\n' * 3)
                        except OSError: pass
                return 5
            """,
            "fact(0)", "fact(1)", "fact(2)");

        Assert.Equal(ProgramOutcome.Killed, run.Outcome);
        Assert.Equal(new PyInt(5), run.Calls[0].Value);
        Assert.All(run.Calls.Skip(1), call => Assert.False(call.Ran));
    }

    [Fact]
    public async Task A_flood_into_the_channel_is_stopped()
    {
        var run = await sandbox.RunAsync(
            """
            import os
            while True:
                for fd in range(3, 64):
                    try: os.write(fd, b'L' * 60000)
                    except OSError: pass
            """);

        Assert.Equal(ProgramOutcome.Killed, run.Outcome);
        Assert.Equal("The program's results are too large.", run.ExceptionMessage);
    }

    [Fact]
    public async Task A_fork_that_comes_back_answers_once()
    {
        var run = await sandbox.RunAsync("import os\npid = os.fork()\ndef f(): return 1", "f()", "f()");

        Assert.Equal(ProgramOutcome.Completed, run.Outcome);
        Assert.All(run.Calls, call => Assert.Equal(new PyInt(1), call.Value));
    }
}
