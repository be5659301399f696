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
}
