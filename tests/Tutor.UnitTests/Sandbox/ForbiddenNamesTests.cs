using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Sandbox;

public sealed class ForbiddenNamesTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static readonly string[] Forbidden = ["sorted", "sort", "max", "statistics", "math.factorial", "os.path"];

    [Theory]
    [InlineData("def f(a):\n    return sorted(a)", "sorted:2")]
    [InlineData("def f(a):\n    a.sort()\n    return max(a)", "sort:2 max:3")]
    [InlineData("s = sorted\ndef f(a): return s(a)", "sorted:1")]
    [InlineData("def f(a, by=sorted): return by(a)", "sorted:1")]
    [InlineData("import statistics", "statistics:1")]
    [InlineData("import statistics as s, os", "statistics:1")]
    [InlineData("from statistics import mean", "statistics:1")]
    [InlineData("from builtins import sorted as s", "sorted:1")]
    [InlineData("import builtins\nx = builtins.sorted([1])", "sorted:2")]
    [InlineData("x = getattr([1], 'sort')()", "sort:1")]
    [InlineData("x = __import__('statistics')", "statistics:1")]
    [InlineData("import math\nx = math.factorial(3)\ny = math.floor(2)", "math.factorial:2")]
    [InlineData("from math import factorial", "math.factorial:1")]
    [InlineData("import os.path", "os.path:1")]
    [InlineData("sorted = sorted\nx = sorted([1])", "sorted:1")]
    [InlineData("sorted = (\n    sorted)", "sorted:2")]
    [InlineData("x = [sorted(row) for row in []]\ny = lambda a: sorted(a)", "sorted:1 sorted:2")]
    [InlineData("import math\nx = math.factorial", "math.factorial:2")]
    [InlineData("# sorted(a)\nx = 'sorted(a)'", "")]
    [InlineData("max = 0\nfor n in [1, 2]:\n    if n > max: max = n\nprint(max)", "")]
    [InlineData("def f(a):\n    max = a[0]\n    for n in a:\n        if n > max:\n            max = n\n    return max", "")]
    [InlineData("def f(max): return max\ng = lambda sorted: sorted", "")]
    [InlineData("def sorted(a): return a\ndef f(a): return sorted(a)", "")]
    [InlineData("def f(a):\n    max = 1\n    def g(): return max\n    return g()", "")]
    [InlineData("def f(a):\n    max = 1\n    return max\ndef g(a): return max(a)", "max:4")]
    [InlineData("class Bag:\n    def sort(self): return 1\n    def f(self): return self.sort()", "")]
    [InlineData("class Bag:\n    def f(self, items): return items.sort()", "sort:2")]
    [InlineData("x = {'sort': 1}['sort']", "")]
    public async Task Uses_are_found_and_a_students_own_names_are_not(string program, string expected)
    {
        var runs = await sandbox.RunAsync(new RunRequest([program], "", [], TimeSpan.FromSeconds(5)) { Forbidden = Forbidden });

        Assert.Equal(expected, string.Join(' ', runs[0].ForbiddenUses.Select(use => $"{use.Name}:{use.Line}")));
    }

    [Fact]
    public async Task Uses_are_known_when_the_program_does_not_come_to_its_end()
    {
        string[] programs = ["sorted([])\nwhile True: pass", "sorted([])\nimport os\nos._exit(0)", "sorted([])\nundefined", "sorted([\n", "import re"];

        var runs = await sandbox.RunAsync(new RunRequest(programs, "", [], TimeSpan.FromSeconds(0.7)) { Forbidden = ["sorted"] });

        Assert.Equal([1, 1, 1, 0, 0], runs.Select(run => run.ForbiddenUses.Count));
        Assert.Equal(new NameUse("sorted", 1), runs[0].ForbiddenUses[0]);
    }

    [Fact]
    public async Task A_program_too_deep_to_check_does_not_load()
    {
        var program = "x = " + new string('-', 3000) + "1\ny = sorted([])";

        var runs = await sandbox.RunAsync(new RunRequest([program], "", ["y"], TimeSpan.FromSeconds(5)) { Forbidden = ["sorted"] });

        Assert.NotEqual(ProgramOutcome.Completed, runs[0].Outcome);
        Assert.False(runs[0].Calls[0].Ran);
    }
}
