using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tutor.Core.Evidence;
using Tutor.Sandbox;

namespace Tutor.UnitTests.Sandbox;

public sealed class SandboxOffTests
{
    private static readonly RunRequest Request = new(["x = 1"], "", ["x"], TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("/nowhere/bwrap")]
    [InlineData("no-such-bubblewrap")]
    public async Task Without_bubblewrap_the_runner_is_off_and_says_what_to_install(string path)
    {
        using var runner = SandboxFixture.Create(new SandboxOptions { BwrapPath = path });

        var refused = await Assert.ThrowsAsync<SandboxUnavailableException>(() => runner.RunAsync(Request, TestContext.Current.CancellationToken));

        Assert.Contains("Install the package bubblewrap", runner.OffReason);
        Assert.Equal(runner.OffReason, refused.Message);
    }

    [Fact]
    public void Without_Python_the_runner_is_off_and_says_so()
    {
        using var runner = SandboxFixture.Create(new SandboxOptions { PythonPath = "/nowhere/python3" });

        Assert.Contains("'/nowhere/python3' was not found", runner.OffReason);
    }

    [Fact]
    public void A_script_in_the_place_of_Python_is_refused()
    {
        using var shim = new Script("exec python3 \"$@\"");

        using var runner = SandboxFixture.Create(new SandboxOptions { PythonPath = shim.Path });

        Assert.Contains("Sandbox:PythonPath", runner.OffReason);
    }

    [Theory]
    [InlineData("/bin/false")]
    [InlineData("/bin/true")]
    public async Task A_sandbox_that_fails_its_own_test_is_off(string inPlaceOfBubblewrap)
    {
        using var runner = SandboxFixture.Create(new SandboxOptions { BwrapPath = inPlaceOfBubblewrap });

        await runner.PrepareAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("Programs are not run on this machine: ", runner.OffReason);
        await Assert.ThrowsAsync<SandboxUnavailableException>(() => runner.RunAsync(Request, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Refused_namespaces_come_with_the_setting_that_allows_them()
    {
        using var bubblewrap = new Script("echo 'bwrap: No permissions to create new namespace' >&2; exit 1");
        using var runner = SandboxFixture.Create(new SandboxOptions { BwrapPath = bubblewrap.Path });

        await runner.PrepareAsync(TestContext.Current.CancellationToken);

        Assert.Contains("bwrap: No permissions to create new namespace", runner.OffReason);
        Assert.Contains("user.max_user_namespaces", runner.OffReason);
    }

    [Fact]
    public async Task A_bubblewrap_that_lets_programs_out_is_off()
    {
        // Starts what follows "--" with nothing around it, as a bubblewrap would that ignores its options.
        using var open = new Script("while [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"");
        using var runner = SandboxFixture.Create(new SandboxOptions { BwrapPath = open.Path });

        await runner.PrepareAsync(TestContext.Current.CancellationToken);

        Assert.Contains("the sandbox has no process namespace of its own", runner.OffReason);
    }

    [Fact]
    public void Settings_out_of_range_stop_the_start()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sandbox:MemoryMegabytes", "1")]).Build();
        using var provider = new ServiceCollection().AddLogging().AddTutorSandbox(configuration).BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(provider.GetRequiredService<ICodeRunner>);
    }

    /// <summary>An executable shell script that is gone afterwards.</summary>
    private sealed class Script : IDisposable
    {
        public Script(string lines)
        {
            File.WriteAllText(Path, "#!/bin/sh\n" + lines + "\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path, (UnixFileMode)0b111_101_101);
        }

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
