using CsCheck;
using Tutor.Inference.Hosts.Replies;

namespace Tutor.UnitTests.Inference.Hosts;

/// <summary>Forms as the open model families write them, named in their chat templates.</summary>
public sealed class ReplyCleanerTests
{
    private const string Hint = "Look at the first test. What does your function hand back?";

    public static TheoryData<string> AroundTheHint { get; } = new()
    {
        Hint,
        $"<think>\nThe student forgot to add. total = total + n\n</think>\n\n{Hint}",
        $"\n<think>a</think>{Hint}",
        $"<thinking>Hm.</thinking>\n{Hint}",
        $"<thought>\nHm.\n</thought>\n{Hint}",
        $"<reasoning>Hm.</reasoning>{Hint}",
        $"<seed:think>Hm.</seed:think>{Hint}",
        $"[THINK]Hm.[/THINK]{Hint}",
        $"◁think▷Hm.◁/think▷{Hint}",
        $"<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>{Hint}<|END_RESPONSE|>",
        $"<|begin_of_thought|>Hm.<|end_of_thought|>\n<|begin_of_solution|>\n{Hint}<|end_of_solution|>",
        $"<unused94>thought\nHm.<unused95>{Hint}",
        $"<|channel>thought\nHm.\n<channel|>{Hint}<turn|>",
        $"<|channel|>analysis<|message|>The student forgot.<|end|><|start|>assistant<|channel|>final<|message|>{Hint}<|return|>",
        $"<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary to=functions.run<|message|>{{}}<|call|><|start|>assistant<|channel|>final<|message|>{Hint}",
        $"analysisWe need to help the student.assistantfinal{Hint}",
        $"Okay, the student forgot to add.\n</think>\n\n{Hint}",
        $"Okay, I look at it.[/THINK]{Hint}",
        $"<think>Hm.<answer>{Hint}</answer>",
        $"<answer>\n{Hint}</answer>",
        $"{Hint}<|im_end|>",
        $"{Hint}\n<|im_end|>\n<|im_start|>user\nThanks, write it for me<|im_end|>\n<|im_start|>assistant\nNo.",
        $"{Hint}<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nThanks",
        $"<|im_start|>assistant\n{Hint}<|im_end|>",
        $"<|start_header_id|>assistant<|end_header_id|>\n\n{Hint}<|eot_id|>",
        $"<start_of_turn>model\n{Hint}<end_of_turn>\n<start_of_turn>user\nThanks",
        $"<|im_assistant|>assistant<|im_middle|>{Hint}<|im_end|>",
        $"<|start_of_role|>assistant<|end_of_role|>{Hint}<|end_of_text|>",
        $"<s>{Hint}</s>",
        $"{Hint}</s>[INST] Thanks [/INST] No.",
        $"{Hint}<｜end▁of▁sentence｜><｜User｜>Thanks<｜Assistant｜>No.",
        $"<｜Assistant｜>{Hint}",
        $"{Hint}<|endoftext|>Human: Thanks",
        $"{Hint}\n\n### User:\nThanks, write it for me",
        $"{Hint}\nHuman: Thanks",
        $"{Hint}<|user|>\nThanks",
        $"{Hint}<|end|>",
        $"{Hint}<eos>",
        $"<bos><pad>{Hint}<pad><pad>",
        $"{Hint}<|fim_middle|>",
        $"{Hint}<tool_call>\n{{\"name\": \"python\", \"arguments\": {{}}}}\n</tool_call>",
        $"{Hint}<|python_tag|>print(1)",
        $"{Hint}[TOOL_CALLS][{{\"name\": \"x\"}}]",
        $"{Hint}<function name=\"run\">x</function>",
        $"{Hint}<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>run<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
        $"<<SYS>>You are a tutor.<</SYS>>[/INST]{Hint}",
    };

    public static TheoryData<string> WithoutAHint { get; } = new()
    {
        "<think>\nThe student forgot to add, so I",
        "<|channel|>analysis<|message|>We need to",
        "Only thoughts.</think>",
        "<tool_call>\n{\"name\": \"python\", \"arguments\": {}}\n</tool_call>",
        "{\"name\": \"python\", \"arguments\": {\"code\": \"1\"}}",
        "```json\n{\"name\": \"python\", \"parameters\": {}}\n```",
        "[{\"type\": \"function\", \"function\": {\"name\": \"x\", \"arguments\": \"{}\"}}]",
        "```tool_code\nrun()\n```",
        "<|im_start|>user\nThanks<|im_end|>",
        "<|im_end|>",
        "",
    };

    public static TheoryData<string> TheAnswersOwn { get; } = new()
    {
        "If `x < y` and `y > z`, then <b>what</b>? Compare a<b>c with [1, 2] and x[INSTANCE].",
        "A vocabulary has a token such as `<|endoftext|>` or `</s>`; which one ends your text?",
        "In HTML <s>old</s> strikes a word out, and <p>new</p> begins a paragraph.",
        "The analysis of your loop: analysis shows that the name changes. An answer is <answer> in your form.",
        "Your `print(\"<eos>\")` writes it. # is a comment, ### a heading.\n### User input\nHundreds of lines.",
        "{ is a brace, and {\"name\": \"Ada\"} a dict with one key: what is its length?",
        "  indented, and a last line\n",
        "Kopf 🙂 und 漢字, e\u0301 and \u200c stay.",
    };

    [Theory]
    [MemberData(nameof(AroundTheHint))]
    public void Only_the_hint_is_left_of_what_a_model_writes_around_it(string reply) => Assert.Equal(Hint, Clean(reply).Trim());

    [Theory]
    [MemberData(nameof(WithoutAHint))]
    public void Nothing_is_left_where_there_is_no_hint(string reply) => Assert.Equal("", Clean(reply).Trim());

    [Theory]
    [MemberData(nameof(TheAnswersOwn))]
    public void What_only_looks_like_a_mark_stays(string reply) => Assert.Equal(reply, Clean(reply));

    [Fact]
    public void The_same_is_left_wherever_the_text_is_cut_into_pieces()
    {
        var replies = AroundTheHint.Concat(WithoutAHint).Concat(TheAnswersOwn).Select(row => row.Data).ToArray();
        Gen.Select(Gen.Int[0, replies.Length - 1], Gen.Int[1, 9].Array[1, 40], Gen.Bool).Sample((at, sizes, holds) =>
            Assert.Equal(Clean(replies[at], holds: holds), Clean(replies[at], sizes, holds)));
    }

    [Fact]
    public void Nothing_of_any_text_without_marks_is_lost()
    {
        const string Characters = "abcdefg \n`.<|[#é";
        Gen.Int[0, Characters.Length - 1].Array[0, 60].Sample(at =>
        {
            var text = string.Concat(at.Select(index => Characters[index]));
            Assert.Equal(text, Clean(text, [1, 3, 2]));
        });
    }

    [Fact]
    public void Thoughts_before_a_lone_closing_mark_are_never_released_while_it_may_come()
    {
        var cleaner = new ReplyCleaner(holds: true);

        var released = "Okay, the student forgot to add. So I ask.\n\n".Chunk(3).Select(piece => cleaner.Push(new(piece))).ToList();
        released.Add(cleaner.Push($"</think>\n{Hint}"));

        Assert.Equal(Hint, string.Concat(released) + cleaner.Finish());
        Assert.Equal((true, false), (cleaner.ThoughtsCameFirst, cleaner.TookBack));
    }

    [Fact]
    public void Thoughts_that_were_released_are_taken_back_and_said_to_be()
    {
        var cleaner = new ReplyCleaner(holds: false);

        var before = cleaner.Push("Okay, the student forgot to add.");
        var after = cleaner.Push($" So.</think>{Hint}") + cleaner.Finish();

        Assert.NotEmpty(before);
        Assert.Equal((Hint, true), (after, cleaner.TookBack));
    }

    [Fact]
    public void Two_halves_of_an_emoji_become_whole_and_a_lone_one_does_no_harm()
    {
        var cleaner = new ReplyCleaner(holds: false);

        var text = cleaner.Push("Well done \ud83d") + cleaner.Push("\ude42!") + cleaner.Push(" \ud83d") + cleaner.Finish();

        Assert.Equal("Well done \ud83d\ude42! \ufffd", text);
    }

    private static string Clean(string reply, int[]? sizes = null, bool holds = true)
    {
        var cleaner = new ReplyCleaner(holds);
        var text = "";
        for (var (at, turn) = (0, 0); at < reply.Length; turn++)
        {
            var size = Math.Min(sizes is null ? reply.Length : sizes[turn % sizes.Length], reply.Length - at);
            text = Next(text, cleaner, cleaner.Push(reply.Substring(at, size)));
            at += size;
        }
        return Next(text, cleaner, cleaner.Finish()).TrimStart((char)0);
    }

    // Whoever is told that thoughts were released forgets them.
    private static string Next(string text, ReplyCleaner cleaner, string released) =>
        cleaner.TookBack && !text.StartsWith('\0') ? "\0" + released : text + released;
}
