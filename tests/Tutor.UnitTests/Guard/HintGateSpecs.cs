using System.Text;
using CsCheck;
using Tutor.Core.Guard;
using Tutor.Core.Guard.Reading;

namespace Tutor.UnitTests.Guard;

public sealed class HintGateSpecs
{
    private const string Harmless =
        "Your loop takes things out of the list it walks over. What does Python do then? Try it with three equal numbers, and write down every pass.\n\n" +
        "Look at `lst.remove(item_a)` again:\n\n```python\n    for item_a in lst:\n        if lst.count(item_a) > 1:\n```\n\nWhich index comes next?\n" +
        "- one\n- `two`\n\n    colours = [\"red\"]\n    colours.append(\"blue\")\n\nSee [the notes](https://example.org/x) and [loops](materials/loops.md).";

    private static readonly string Leaking =
        $"Happy to help. Here is a program that works, have a look at it.\n\n```python\n{SampleWork.Solution}\n```\n\nDoes that help you?";

    private static readonly string[] Pieces =
    [
        "Think about the first pass of your loop, and then about the second one. ", "See `lst.remove(item_a)`", "\n", "\n\n", "```", "```python\n", "~~~\n", "    ", "\t", "> ", "- ", "1. ", "`", "``",
        .. SampleWork.Solution.Split('\n').Select(l => l + "\n"), .. SampleWork.Attempt.Split('\n').Select(l => l + "\n"), "colours = [1]\n", "q = []", "\u200b", "“", "”",
    ];

    private static readonly Gen<string> AnyReply = Gen.Int[0, Pieces.Length - 1].List[1, 40].Select(choice => string.Concat(choice.Select(i => Pieces[i])));

    private static async Task<(string Shown, bool Leaked)> Run(string reply, IEnumerable<int> cuts, string alreadyShown = "")
    {
        var gate = SampleWork.Guard().OpenGate(alreadyShown);
        var shown = new StringBuilder();
        int at = alreadyShown.Length;
        foreach (int length in cuts)
        {
            if (at >= reply.Length) break;
            int end = Math.Min(reply.Length, at + length);
            shown.Append((await gate.FeedAsync(reply[at..end], CancellationToken.None)).Released);
            at = end;
        }
        shown.Append((await gate.FeedAsync(reply[at..], CancellationToken.None)).Released);
        shown.Append((await gate.FinishAsync(CancellationToken.None)).Released);
        return (shown.ToString(), gate.Verdicts.Count > 0);
    }

    /// <summary>Forty replies: twenty ways to write, each with and without the answer in it.</summary>
    private static string[] Replies()
    {
        string[] openings = ["", Harmless + "\n\n", "Happy to help.\n\n", "# A way to see it\n\n- one\n- two\n\n", "> You wrote: `return lst`\n\n"];
        Func<string, string>[] wrappings =
        [
            code => $"```python\n{code}\n```\n", code => $"~~~~\n{code}\n~~~~", code => string.Join('\n', code.Split('\n').Select(l => $"- `{l}`")), code => $"{string.Join('\n', code.Split('\n').Select(l => "    " + l))}\n\nSee?",
        ];
        string[] codes = ["colours = []\nfor colour in [\"red\"]:\n    colours.append(colour)", SampleWork.Solution];
        return [.. openings.SelectMany(o => wrappings.SelectMany(w => codes.Select(c => $"{o}Here is something to look at.\n\n{w(c)}")))];
    }

    [Fact]
    public void Read_in_two_settled_pieces_a_reply_has_the_parts_it_has_as_a_whole()
    {
        Gen.Select(Gen.OneOf(Gen.Const(Replies()).SelectMany(replies => Gen.Int[0, replies.Length - 1].Select(i => replies[i])), AnyReply), Gen.Int[0, 5_000]).Sample(
            (reply, near) =>
            {
                int cut = reply.LastIndexOf('\n', near % reply.Length) + 1;
                var head = HintText.Read(reply[..cut], finished: false);
                if (head.SettledLength == cut) Assert.Equal(HintText.Read(reply).Parts, HintText.Join(HintText.Visible(reply), head.Parts, HintText.Read(reply[cut..])).Parts);
            }, iter: 2000);
    }

    [Fact]
    public async Task Two_thousand_chunkings_release_the_same_text_and_no_withheld_character()
    {
        string[] replies = Replies();
        Assert.Equal(40, replies.Length);
        var whole = await Task.WhenAll(replies.Select(r => Run(r, [r.Length])));

        Gen.Select(Gen.Int[0, replies.Length - 1], Gen.Int[1, 7].List[50, 1500]).Sample(
            (index, cuts) =>
            {
                var pieces = Run(replies[index], cuts).Result;
                Assert.Equal(whole[index], pieces);
                Assert.DoesNotContain("newlist", pieces.Shown);
            }, iter: 2000, threads: 1);
        Assert.Equal(replies.Select(r => r.Contains("newlist")), whole.Select(w => w.Leaked));
    }

    [Fact]
    public void Any_reply_gives_the_same_output_in_any_chunking_and_what_is_shown_is_clean()
    {
        Gen.Select(AnyReply, Gen.Int[1, 30].List[1, 200]).Sample(
            (reply, cuts) =>
            {
                var whole = Run(reply, [reply.Length]).Result;

                Assert.Equal(whole, Run(reply, cuts).Result);
                Assert.Empty(SampleWork.Guard().Judge(whole.Shown));
                Assert.True(whole.Leaked || SampleWork.Guard().Judge(reply).Count == 0);
            }, iter: 2000);
    }

    [Fact]
    public async Task Prose_flows_and_a_block_is_held_until_it_is_over()
    {
        var gate = SampleWork.Guard().OpenGate();

        var prose = await gate.FeedAsync("One line.\nAnother", CancellationToken.None);
        var opening = await gate.FeedAsync(" one.\n```\nfor colour in colours:\n", CancellationToken.None);
        var body = await gate.FeedAsync("    print(colour)\n", CancellationToken.None);
        var closing = await gate.FeedAsync("```\n", CancellationToken.None);

        Assert.Equal(("One line.\n", false), (prose.Released, prose.HoldingBegan));
        Assert.Equal(("Another one.\n", true), (opening.Released, opening.HoldingBegan));
        Assert.Equal(("", false), (body.Released, body.HoldingBegan));
        Assert.Equal("```\nfor colour in colours:\n    print(colour)\n```\n", closing.Released);
    }

    [Fact]
    public async Task Long_prose_without_a_line_end_flows_by_sentence()
    {
        var gate = SampleWork.Guard().OpenGate();

        var step = await gate.FeedAsync("Think about what the loop sees when an element goes. Then look at `lst.rem", CancellationToken.None);

        Assert.Equal("Think about what the loop sees when an element goes. ", step.Released);
    }

    [Fact]
    public async Task After_a_leak_nothing_more_is_released()
    {
        var gate = SampleWork.Guard().OpenGate();

        var leak = await gate.FeedAsync(Leaking, CancellationToken.None);
        var more = await gate.FeedAsync("\n\nA harmless line.\n", CancellationToken.None);
        var end = await gate.FinishAsync(CancellationToken.None);

        Assert.True(leak.Leaked);
        Assert.Equal("Happy to help. Here is a program that works, have a look at it.\n\n", leak.Released);
        Assert.Equal("", more.Released + end.Released);
    }

    [Fact]
    public async Task Code_before_a_fence_that_opens_in_mid_line_counts_with_what_follows()
    {
        const string begun = "Look at these.\n\n    newlist = []\n    if i not in newlist:\n";
        const string reply = begun + "\t```python\n    newlist.append(i)\nreturn newlist\n```\n";
        Assert.Empty(SampleWork.Guard().Judge(begun));

        Assert.True((await Run(reply, [reply.Length])).Leaked);
    }

    [Fact]
    public async Task A_reply_continued_after_a_crash_is_not_shown_twice()
    {
        var whole = await Run(Harmless, [7]);
        string shown = whole.Shown[..Harmless.IndexOf("Look at", StringComparison.Ordinal)];

        var continued = await Run(Harmless, [5, 9], shown);

        Assert.Equal(whole.Shown, shown + continued.Shown);
    }

    [Theory]
    [InlineData("See [the notes](https://example.org/x?d=1).", "See the notes.")]
    [InlineData("![a](//evil.example/p.png) ok", "a ok")]
    [InlineData("<https://example.org> or www.example.org", "(link removed) or (link removed)")]
    [InlineData("[x](javascript:alert%281%29)", "x")]
    [InlineData("[x]: https://example.org", "[x]: (link removed)")]
    [InlineData("[x](\thttps://example.org)", "x")]
    [InlineData("[loops](materials/loops.md) and [top](#top)", "[loops](materials/loops.md) and [top](#top)")]
    [InlineData("`https://example.org` is a text", "`https://example.org` is a text")]
    public async Task Only_relative_links_reach_the_reader(string reply, string shown) =>
        Assert.Equal(shown, (await Run(reply, [3, 8])).Shown);

    [Fact]
    public async Task Redaction_keeps_the_prose_where_enough_is_left()
    {
        string prose = string.Join(' ', Enumerable.Repeat("Think about which element the loop sees next when one goes away.", 5));

        string? redacted = await SampleWork.Guard().RedactAsync($"{prose}\n\n```python\n{SampleWork.Solution}\n```\n\nTell me what you see.", TestContext.Current.CancellationToken);

        Assert.Equal($"{prose}\n\n\nTell me what you see.", redacted);
        Assert.Null(await SampleWork.Guard().RedactAsync(Leaking, TestContext.Current.CancellationToken));
    }
}
