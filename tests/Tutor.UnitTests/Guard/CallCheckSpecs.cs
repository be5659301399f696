using Tutor.Core.Guard;
using Tutor.Core.Guard.Calls;
using Tutor.UnitTests.Sandbox;

namespace Tutor.UnitTests.Guard;

/// <summary>Library calls against the sandbox's own Python.</summary>
public sealed class CallCheckSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static readonly HashSet<string> Taught = ["print", "len", "range", "append", "math", "sqrt", "remove", "count"];

    private CallCheck Check()
    {
        SandboxFixture.SkipWithout(sandbox.Runner);
        return new(new PythonLibrary(sandbox.Runner), SampleWork.Code, Taught);
    }

    [Theory]
    [InlineData("Use `lst.apend(3)`.", "Use `lst.append(3)`.", "lst.apend")]
    [InlineData("Use `math.sqroot(2)`.", "Use (a call that Python does not have was left out).", "math.sqroot")]
    [InlineData("Use `math.sqr(2)`.", "Use (a call that Python does not have was left out).", "math.sqr")]
    [InlineData("Use `lst.push(3)` here.", "Use (a call that Python does not have was left out) here.", "lst.push")]
    [InlineData("`\"ab\".contains(\"a\")` tells.", "(a call that Python does not have was left out) tells.", "\"ab\".contains")]
    [InlineData("Try `pirnt(lst)`.", "Try `print(lst)`.", "pirnt")]
    public async Task A_call_that_does_not_exist_is_mended_or_left_out(string hint, string shown, string call)
    {
        var check = Check();

        Assert.Equal(shown, await check.MendAsync(hint));
        Assert.Equal(call, Assert.Single(check.Findings).Span);
    }

    [Theory]
    [InlineData("`remove_extras([1])` and `lst.remove(item_a)` and `len(lst)`")]
    [InlineData("```python\ndef greet(name):\n    print(name)\n\ngreet(\"Ann\")\n```\n")]
    [InlineData("```python\nimport math\nprint(math.sqrt(2))\n```\n")]
    [InlineData("Something like `dog.bark()`.")]
    public async Task Calls_that_exist_or_are_someone_s_own_are_left_alone(string hint)
    {
        var check = Check();

        Assert.Equal(hint, await check.MendAsync(hint));
        Assert.Empty(check.Findings);
        Assert.Equal("", check.Note);
    }

    [Fact]
    public async Task In_a_block_only_the_line_is_left_out()
    {
        var check = Check();

        Assert.Equal("```\nfor c in \"ab\":\n    # (a call that Python does not have was left out)\n    print(c)\n```\n", await check.MendAsync("```\nfor c in \"ab\":\n    \"ab\".turnaround(c)\n    print(c)\n```\n"));
    }

    [Fact]
    public async Task A_call_the_course_has_not_reached_is_marked()
    {
        var check = Check();
        const string Hint = "There are `zip(a, b)` and `collections.Counter(lst)`.";

        Assert.Equal(Hint, await check.MendAsync(Hint));
        Assert.Equal("\n\n*Not yet in this course: `collections.Counter`, `zip`. You can do without.*", check.Note);
        Assert.All(check.Findings, f => Assert.Equal(LeakLayer.NotYetTaught, f.Layer));
    }

    [Fact]
    public async Task Where_nothing_can_be_run_nothing_is_changed()
    {
        var check = new CallCheck(new PythonLibrary(new RunnerThatIsOff()), SampleWork.Code, Taught);

        Assert.Equal("`lst.push(3)`", await check.MendAsync("`lst.push(3)`"));
    }

    private sealed class RunnerThatIsOff : Tutor.Core.Evidence.ICodeRunner
    {
        public string? OffReason => "There is no sandbox here.";

        public Task<IReadOnlyList<Tutor.Core.Evidence.ProgramRun>> RunAsync(Tutor.Core.Evidence.RunRequest request, CancellationToken cancel) => throw new InvalidOperationException("Nothing may be run.");
    }
}
