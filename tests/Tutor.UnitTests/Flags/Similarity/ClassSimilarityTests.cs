using System.Diagnostics;
using Tutor.Core.Flags.Similarity;

namespace Tutor.UnitTests.Flags.Similarity;

public sealed class ClassSimilarityTests
{
    [Fact]
    public void Short_programs_are_not_compared_however_alike()
    {
        var report = ClassSimilarity.Compare([.. Enumerable.Range(0, 50).Select(i => Of(i, "def total(n):\n    r = 0\n    for x in n:\n        r += x\n    return r\n"))], "");

        Assert.Equal((50, 0, 0), (report.Programs, report.LongEnough, report.Shown.Count));
    }

    [Fact]
    public void A_renamed_copy_stands_first_and_at_most_one_pair_in_200_is_shown()
    {
        var programs = Enumerable.Range(0, 39).Select(i => Of(i, Program(new Random(i)))).ToList();
        programs.Add(Of(39, programs[7].Program.Replace("alpha", "omega").Replace("beta", "psi").Replace("value", "number")));

        var report = ClassSimilarity.Compare(programs, "");

        Assert.Equal((40, 780, 3), (report.LongEnough, report.Pairs, report.Shown.Count));
        Assert.Equal((7, 39), (int.Parse(report.Shown[0].One.InteractionId), int.Parse(report.Shown[0].Other.InteractionId)));
        Assert.True(report.Shown[0].Share > 0.9 && report.MedianShare < 0.5, $"{report.Shown[0].Share:0.00}, median {report.MedianShare:0.00}");
    }

    [Fact]
    public void What_the_template_gave_and_what_many_have_is_nobodys_own()
    {
        var template = Program(new Random(1000));
        var given = Enumerable.Range(0, 30).Select(i => Of(i, template + Program(new Random(i)))).ToList();

        Assert.True(ClassSimilarity.Compare(given, template).Shown.All(p => p.Share < 0.5));
        Assert.True(ClassSimilarity.Compare(given, "").Shown.All(p => p.Share < 0.5));
    }

    [Fact]
    public void A_class_of_a_thousand_is_compared_in_seconds()
    {
        var programs = Enumerable.Range(0, 1000).Select(i => Of(i, Program(new Random(i)))).ToList();
        var watch = Stopwatch.StartNew();

        ClassSimilarity.Compare(programs, "");

        // About half a second alone; the limit leaves room for a busy machine.
        Assert.True(watch.ElapsedMilliseconds < 5000, $"took {watch.ElapsedMilliseconds} ms");
    }

    private static StudentProgram Of(int number, string program) => new($"Student {number}", $"{number}", program);

    // Statements in random order and nesting: programs that have nothing to do with each other.
    private static string Program(Random random)
    {
        string[] lines =
        [
            "alpha = beta + 1", "if value > 3 and beta < alpha:", "for item in range(len(value)):", "print(f'{alpha} of {beta}')", "while beta != 0:", "value.append((alpha, beta))", "try:", "return [x * 2 for x in value if x]",
            "alpha, beta = beta, alpha", "del value[0]", "result[alpha] = result.get(alpha, 0) + 1", "with open(alpha) as handle:", "assert isinstance(beta, int), 'no'", "beta -= alpha // 2 % 7", "value = sorted(value, key=lambda p: p[1], reverse=True)",
            "def helper(alpha, *beta, **value):", "lookup = {k: v for k, v in zip(alpha, beta)}", "yield alpha if beta else value", "raise ValueError(alpha)", "import math as m", "x = m.sqrt(alpha ** 2 + beta ** 2)", "global counter", "s = alpha[1:-1:2] + beta[::-1]",
        ];
        return string.Concat(Enumerable.Range(0, 40).Select(_ => new string(' ', 4 * random.Next(3)) + lines[random.Next(lines.Length)] + "\n"));
    }
}
