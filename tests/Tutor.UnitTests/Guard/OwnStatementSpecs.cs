using Tutor.Core.Guard;
using Tutor.Core.Hints;

namespace Tutor.UnitTests.Guard;

/// <summary>A new statement on the student's variables is a piece of the answer; an example brings its own.</summary>
public sealed class OwnStatementSpecs
{
    private const string Attempt = "def total(a):\n    s = 0\n    for x in a:\n        s = x\n    return s";

    private static readonly GuardContext Work = SampleWork.Code with { StudentText = Attempt, References = [], RequiredNames = ["total"], Tests = new() };

    // With a sandbox that passes nothing: the usual limits hold.
    private static bool IsHeld(string hint, GuardContext? work = null) => new LeakGuard(work ?? Work).Judge(hint).Count > 0;

    [Theory]
    [InlineData("You need\n\n```\ns = s + x\n```\n")]
    [InlineData("You need `s = s + x`.")]
    [InlineData("Change `s = x` to `s = s + x`.")]
    [InlineData("- `s += x`")]
    public void Told_to_write_it_or_in_a_block_one_statement_is_enough(string hint) => Assert.True(IsHeld(hint));

    [Theory]
    [InlineData("Look at `s = x`. What was in `s` before?")]
    [InlineData("An accumulator:\n\n```\ncoins = [1, 2]\npurse = 0\nfor coin in coins:\n    purse += coin\n```\n")]
    [InlineData("What is `s` after the second pass?")]
    [InlineData("Is `s == 0` true at the end?")]
    public void Quotes_examples_and_questions_pass(string hint) => Assert.False(IsHeld(hint));

    [Fact]
    public void Steps_in_words_pass_only_where_the_level_allows_them()
    {
        const string Steps = "Do this:\n\n1. Start with an empty sum.\n2. Set it to zero.\n3. For each number in the list, go on.\n4. Add it to the sum.\n5. Return the sum.\n";

        Assert.Contains(new LeakGuard(Work).Judge(Steps), v => v.Layer == LeakLayer.Steps);
        Assert.False(IsHeld(Steps, Work with { AllowedLevel = HintLevel.PseudoCode }));
        Assert.False(IsHeld("Do this:\n\n1. Print the list.\n2. Compare it with the task.\n3. If they differ, look at the line before.\n"));
    }

    [Fact]
    public void Nothing_is_held_back_once_the_solution_may_be_discussed() =>
        Assert.False(IsHeld("```\ndef total(a):\n    return sum(a)\n```\n", Work with { SolutionOpen = true }));

    [Fact]
    public void What_the_student_took_over_from_a_hint_still_counts()
    {
        string[] lines = ["kept = []", "for y in lst:", "if y not in kept:", "kept.append(y)"];
        var earlier = new List<EarlierHint>();
        string work = SampleWork.Attempt;
        bool held = false;
        foreach (string line in lines)
        {
            string hint = $"Then comes `{line}`.";
            held |= new LeakGuard(SampleWork.Code with { StudentText = work }, earlierHints: earlier).Judge(hint).Count > 0;
            earlier.Add(new(hint, work));
            work += $"\n{line}";
        }

        Assert.True(held);
    }
}
