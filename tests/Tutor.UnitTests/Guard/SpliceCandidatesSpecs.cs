using Tutor.Core.Courses;
using Tutor.Core.Guard;
using Tutor.Core.Guard.Layers;
using Tutor.Core.Guard.Reading;
using Tutor.Core.Guard.Splicing;
using Tutor.Core.Hints;

namespace Tutor.UnitTests.Guard;

public sealed class SpliceCandidatesSpecs
{
    // Writing every candidate out at once once took a test process to 23 GB.
    private const long MostBytes = 512L * 1024 * 1024;

    [Theory]
    [InlineData(390)]
    [InlineData(800)]
    public void Candidates_of_a_long_program_are_written_out_only_as_they_are_taken(int lines)
    {
        var program = "def total(numbers):\n" + string.Concat(Enumerable.Range(0, lines).Select(n => $"    value{n} = numbers[{n}] + {n}\n")) + "    return value0\n";
        var work = new KnownWork(new GuardContext { Kind = ExerciseKind.Code, StudentText = program, AllowedLevel = HintLevel.Example, RequiredNames = ["total"] });
        var hint = new HintCode(HintText.Read(string.Concat(Enumerable.Range(0, 4).Select(n =>
            $"Try this:\n\n```python\nfor number in numbers:\n    result{n} = result{n} + number\n    seen.append(number)\n```\n\n"))));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var candidates = SpliceCandidates.Build(hint, [], work).Take(40).ToList();

        Assert.InRange(candidates.Count, 1, 40);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
    }

    [Theory]
    [InlineData("The task wants `remove_extras([1, 1, 2])` to give `[1, 2]`. What does yours give?")]
    [InlineData("Try these:\n\n```\n>>> remove_extras([1, 1, 2])\n[1, 2]\n>>> remove_extras([])\n[]\n```\n")]
    [InlineData("Python says\n\n```\nTraceback (most recent call last):\n  File \"program.py\", line 4, in remove_extras\nIndexError: list index out of range\n```\n")]
    public void What_only_tells_of_a_run_makes_no_program(string hint) => Assert.Empty(Build(hint, SampleWork.Code));

    [Fact]
    public void A_value_of_a_test_without_its_call_could_still_be_the_repair() =>
        Assert.NotEmpty(Build("Instead of `[0, 2]` you want `[1, 2]`.", SampleWork.Code with { StudentText = "def remove_extras(lst):\n    return [0, 2]\n" }));

    [Fact]
    public void The_else_that_changed_lines_leave_out_is_put_back()
    {
        var work = SampleWork.Code with { StudentText = "x = input(\nprint(x)\n", RequiredNames = [] };

        Assert.Contains("y = input ( )\nif y == y [ : : - 1 ] :\n    print ( \"yes\" )\nelse :\n    print ( \"no\" )",
            Build("You need\n\n```\ny = input()\nif y == y[::-1]:\n    print(\"yes\")\n    print(\"no\")\n```\n", work));
    }

    private static List<string> Build(string hint, GuardContext work) => [.. SpliceCandidates.Build(new HintCode(HintText.Read(hint)), [], new KnownWork(work)).Take(40)];
}
