using Tutor.Core.Guard;
using Tutor.Core.Hints;

namespace Tutor.UnitTests.Guard;

public sealed class LeakGuardSpecs
{
    private static readonly string[] Pieces = ["q = []", "for x in xs:", "if x not in q:", "q.append(x)", "return q"];

    private static IReadOnlyList<LeakVerdict> Judge(string hint) => SampleWork.Guard().Judge(hint);

    [Theory]
    [InlineData("fence", "Here it is:\n\n```python\n{0}\n```\n")]
    [InlineData("tilde fence", "Here it is:\n\n~~~~\n{0}\n~~~~\n")]
    [InlineData("unclosed fence", "Here it is:\n\n`````py\n{0}")]
    [InlineData("fence in mid-line", "Here it is: ```python\n{0}\n```\n")]
    [InlineData("no fence", "Here it is:\n\n{0}\n\nGood luck.")]
    [InlineData("html", "Here it is:\n\n<pre>\n{0}\n</pre>\n")]
    public void The_solution_is_a_leak_whatever_it_is_wrapped_in(string wrapping, string template)
    {
        Assert.NotEqual("", wrapping);
        Assert.NotEmpty(Judge(template.Replace("{0}", SampleWork.Solution)));
    }

    [Theory]
    [InlineData("    ", "")]
    [InlineData("        ", "")]
    [InlineData("\t", "")]
    [InlineData("> ", "")]
    [InlineData("- `", "`")]
    [InlineData("1. ``", "``")]
    [InlineData("* ", "")]
    [InlineData("12 | ", "")]
    public void The_solution_is_a_leak_whatever_its_lines_begin_with(string before, string after)
    {
        string lines = string.Join('\n', SampleWork.Solution.Split('\n').Select(l => before + l + after));

        Assert.NotEmpty(Judge($"Write this:\n\n{lines}\n\nThen run it."));
    }

    [Fact]
    public void The_solution_read_out_in_a_sentence_is_a_leak()
    {
        string sentence = string.Join(' ', SampleWork.Solution.Split('\n').Select(l => l.Trim()));

        Assert.Contains(Judge($"Just write this: {sentence} and submit."), v => v.Layer == LeakLayer.ProseCode);
    }

    [Fact]
    public void A_name_hidden_by_characters_nobody_sees_is_found() =>
        Assert.NotEmpty(Judge("```\n" + SampleWork.Solution.Replace("remove_extras", "rem\u200bove_ex\u00adtras") + "\n```"));

    [Fact]
    public void A_two_line_solution_read_out_in_a_sentence_is_a_leak() =>
        Assert.NotEmpty(Judge("Write def remove_extras(xs): return list(dict.fromkeys(xs)) and you are done."));

    [Fact]
    public void The_students_program_in_another_order_is_an_answer_not_a_quote() =>
        Assert.NotEmpty(Judge("```\ndef remove_extras(lst):\n    return lst\n    for item_a in lst:\n        if lst.count(item_a) > 1:\n            lst.remove(item_a)\n```"));

    [Fact]
    public void The_students_program_with_one_line_moved_out_is_an_answer_not_a_quote() =>
        Assert.NotEmpty(Judge("```\ndef remove_extras(lst):\n    for item_a in lst:\n        if lst.count(item_a) > 1:\n            lst.remove(item_a)\n        return lst\n```"));

    [Theory]
    [InlineData("Look at `lst.remove(item_a)`. What does it do to the loop?")]
    [InlineData("Look at\n\n```python\n    for item_a in lst:\n        if lst.count(item_a) > 1:\n```\n\nWhat happens on the second pass?")]
    [InlineData("You wrote:\n\n    2 | for item_a in lst:\n    3 |     if lst.count(item_a)>1:\n\nWhat happens?")]
    [InlineData("In\n\n```\ndef remove_extras(lst):\n    ...\n    return lst\n```\n\nwhich list do you return?")]
    [InlineData("What should `remove_extras([5, 2, 5])` give, and what does it give now? Is `len(lst)` the same afterwards?")]
    [InlineData("Try it:\n\n```\n>>> remove_extras([1, 1, 1])\n[1, 1]\n>>> remove_extras([2, 2])\n[2]\n```\n\nWhy is a 1 left over?")]
    [InlineData("After the first pass lst = [5, 2], after the second lst = [2]. Is that what you want? The function should return a new list, not return None.")]
    [InlineData("Compare `<`, `<=` and `==`. Also `range(n)` stops before `n`.")]
    [InlineData("A set keeps each element once:\n\n```python\ncolours = set()\nfor colour in [\"red\", \"red\"]:\n    colours.add(colour)\nprint(colours)\n```\n\nHow could that help?")]
    [InlineData("| pass | lst |\n|---|---|\n| 1 | [5, 2] |\n\nFill in the rest of the table (by hand), please.")]
    public void A_hint_that_leaves_the_work_to_the_student_passes(string hint) => Assert.Empty(Judge(hint));

    [Fact]
    public void New_lines_in_the_students_own_names_are_a_leak() =>
        Assert.Contains(Judge("You need\n\n```\nif item_a not in lst[:3]:\n    lst.insert(0, item_a)\n```"), v => v.Layer == LeakLayer.OwnIdentifiers);

    [Fact]
    public void Most_of_what_a_reference_adds_is_a_leak_under_any_names() =>
        Assert.Contains(Judge("```\nq = []\nfor x in xs:\n    if x not in q:\n        q.append(x)\n```"), v => v.Layer == LeakLayer.DeltaOverlap);

    [Fact]
    public void Ten_small_pieces_count_as_one()
    {
        string hint = string.Join("\n\n", Pieces.Select((l, i) => $"Step {i} is a little thing.\n\n```\n{l}\n```"));

        Assert.NotEmpty(Judge(hint));
        Assert.All(Pieces, l => Assert.Empty(Judge($"A little thing.\n\n```\n{l}\n```\n")));
    }

    [Fact]
    public void Pieces_given_in_earlier_hints_count()
    {
        string[] hints = [.. Pieces.Select(l => $"A thing.\n\n```\n{l}\n```\n")];

        Assert.Empty(SampleWork.Guard(null, hints[..1]).Judge(hints[1]));
        Assert.NotEmpty(SampleWork.Guard(null, hints[..3]).Judge(hints[3]));
        Assert.Empty(SampleWork.Guard(null, hints).Judge("Which value does your loop see on its second pass?"));
    }

    [Fact]
    public void The_answer_made_of_parts_of_the_students_own_lines_counts_when_hints_spell_it_out_line_by_line()
    {
        var work = SampleWork.Code with { StudentText = "def remove_extras(lst):\n    for i in lst:\n        if lst.count(i) > 1:\n            lst = lst.reverse()\n            lst = lst.remove(i)\n    return lst\n" };
        string[] lines = ["def remove_extras(lst):", "lst.reverse()", "for i in lst:", "if lst.count(i) > 1:", "lst.remove(i)"];
        string[] hints = [.. lines.Select(l => $"Yours does not. - `{l}`")];

        Assert.NotEmpty(SampleWork.Guard(work, hints[..4]).Judge(hints[4]));
        Assert.Empty(SampleWork.Guard(work, hints[..4]).Judge("What does `lst = lst.reverse()` leave in `lst`?"));
    }

    [Fact]
    public void A_mark_of_the_prompt_in_the_reply_is_held_back()
    {
        var guard = new LeakGuard(SampleWork.Code, secrets: ["work-7f3a91"]);

        Assert.Contains(guard.Judge("Inside <WORK-7F3A91> you wrote a loop."), v => v.Layer == LeakLayer.PromptEcho);
    }

    [Fact]
    public void The_functions_the_tests_call_are_the_required_ones() => Assert.Equal(["remove_extras"], SampleWork.Code.RequiredNames);

    [Theory]
    [InlineData("You could open like this: Although phones connect students, they cost more attention in lessons than they give back to anyone.")]
    [InlineData("Try “Phones should stay in lockers because every glance at a screen costs a learner several minutes of focus.”")]
    [InlineData("Better:\n\n> Phones should stay in lockers because every glance at a screen\n> costs a learner several minutes of focus.\n")]
    [InlineData("Say that schools should ban them during lessons because constant notifications break the attention, and go on.")]
    public void For_a_text_a_passage_ready_to_paste_is_a_leak(string hint) =>
        Assert.Contains(SampleWork.Guard(SampleWork.Text).Judge(hint), v => v.Layer == LeakLayer.ReadyText);

    [Theory]
    [InlineData("You write “Many students look at their phones in class and they do not listen to the teacher at all.” What follows from that?")]
    [InlineData("What do you want a reader to believe at the end? Name one reason. Start a sentence with \"although\" or \"because\" and see where it leads you.")]
    [InlineData("Your first sentence takes no position: it says \"bad\", but not for whom, when, or compared with what. Which of these could you answer?")]
    public void For_a_text_a_question_about_it_passes(string hint) => Assert.Empty(SampleWork.Guard(SampleWork.Text).Judge(hint));

    [Fact]
    public void From_the_level_example_on_a_passage_about_something_else_passes()
    {
        const string Hint = "A thesis on another matter:\n\n> Although cycling lanes narrow some streets, cities gain more from them than they lose, because every bicycle frees a parking space.\n";

        Assert.NotEmpty(SampleWork.Guard(SampleWork.Text).Judge(Hint));
        Assert.Empty(SampleWork.Guard(SampleWork.Text with { AllowedLevel = HintLevel.Example }).Judge(Hint));
    }
}
