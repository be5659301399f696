using System.Text;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Sandbox.Bubblewrap;
using Tutor.Sandbox.Results;

namespace Tutor.UnitTests.Sandbox;

/// <summary>Lines as a program could write them into the channel of its results, read by the portal without the harness in between.</summary>
public sealed class ForgedLinesTests
{
    private const int Room = 250_000;

    /// <summary>A name and the lines after the program has begun, about as many bytes as the channel lets through.</summary>
    public static TheoryData<string, string> Floods => new()
    {
        { "an integer of 250,000 digits", "L\nV[\"i\",\"" + new string('f', Room) + "\"]" },
        { "a list of the longest integers", "L\nV[\"l\",[" + string.Join(',', Enumerable.Repeat("[\"i\",\"" + new string('f', 4000) + "\"]", 60)) + "]]" },
        { "a float of 250,000 digits", "L\nV[\"f\",\"" + new string('7', Room) + "\"]" },
        { "a text of 250,000 characters", "L\nV[\"s\",\"" + new string('a', Room) + "\"]" },
        { "JSON 3,000 deep", "L\nV" + new string('[', 3000) + new string(']', 3000) },
        { "values 60 deep", "L\nV" + string.Concat(Enumerable.Repeat("[\"l\",[", 30)) + string.Concat(Enumerable.Repeat("]]", 30)) },
        { "a list of 30,000 items", "L\nV[\"l\",[" + string.Join(',', Enumerable.Repeat("[\"n\"]", 30_000)) + "]]" },
        { "a set of 2,000 lists", "L\nV[\"e\",[" + string.Join(',', Enumerable.Repeat("[\"l\",[]]", 2000)) + "]]" },
        { "a set of sets", "L\nV[\"e\",[" + string.Join(',', Enumerable.Repeat("[\"e\",[[\"l\",[]]]]", 2000)) + "]]" },
        { "a dict of 2,000 lists", "L\nV[\"d\",[" + string.Join(',', Enumerable.Repeat("[[\"l\",[]],[\"n\"]]", 2000)) + "]]" },
        { "an exception with a name of 250,000 characters", "L\nE[\"" + new string('A', Room) + "\",\"\",1,\"ValueError\"]" },
        { "an exception with a message of 250,000 characters", "L\nE[\"A\",\"" + new string('A', Room) + "\",1,\"ValueError\"]" },
        { "60,000 uses of forbidden names", "U[" + string.Join(',', Enumerable.Repeat("[\"sum\",1]", 25_000)) + "]\nL" },
        { "uses, again and again", string.Join('\n', Enumerable.Repeat("U[[\"sum\",1]]", 20_000)) },
        { "empty lines", new string('\n', Room) },
        { "places, again and again", string.Join('\n', Enumerable.Repeat("Tnull", 40_000)) },
        { "beginnings, again and again", string.Join('\n', Enumerable.Repeat("P", 120_000)) },
        { "more values than calls", "L\n" + string.Join('\n', Enumerable.Repeat("V[\"n\"]", 35_000)) },
        { "lone surrogates in hexadecimal", "L\nV[\"w\",\"" + string.Concat(Enumerable.Repeat("00d8", Room / 4)) + "\"]" },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void A_forged_flood_costs_the_portal_at_most_50_ms_and_passes_nothing(string name, string lines)
    {
        ProgramRun run = null!;

        var took = ThreadTime.Of(() =>
        {
            run = Read(lines);
            _ = run.Calls.Select(call => TestJudge.Judge(new TestCase { Id = "t", Call = "f()", Expected = "[1, 2]" }, call)).ToList();
        });

        Assert.True(took < TimeSpan.FromMilliseconds(50), $"{name}: {took.TotalMilliseconds:0.0} ms");
        Assert.DoesNotContain(run.Calls, call => TestJudge.Judge(new TestCase { Id = "t", Call = "f()", Expected = "[1, 2]" }, call).Outcome == TestOutcome.Passed);
    }

    [Theory]
    [InlineData("U[[\"sum\",2]]\nU[]\nL")]
    [InlineData("L\nU[]")]
    [InlineData("U[[\"sum\",2]]\nP\nL")]
    [InlineData("Tnull\nL")]
    [InlineData("F[\"A\",\"\",1,\"ValueError\"]\nL")]
    [InlineData("L\nV[\"n\"]\nTnull\nV[\"n\"]")]
    [InlineData("L\nV[\"n\"]\nF[\"A\",\"\",1,\"ValueError\"]")]
    [InlineData("V[\"n\"]")]
    [InlineData("L\nV[\"l\",[[\"l\",[[\"l\",[[\"l\",[[\"l\",[[\"l\",[[\"l\",[[\"l\",[[\"l\",[]]]]]]]]]]]]]]]]]]")]
    public void A_line_whose_turn_it_is_not_ends_the_program(string lines) => Assert.Equal(ProgramOutcome.Killed, Read(lines).Outcome);

    [Fact]
    public void Uses_that_the_harness_found_are_kept_whatever_is_written_after_them() =>
        Assert.Equal([new NameUse("sum", 2)], Read("U[[\"sum\",2]]\nU[]\nL\nV[\"n\"]").ForbiddenUses);

    [Theory]
    [InlineData("1446859165")]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("4")]
    public void A_line_that_the_program_does_not_have_is_not_believed(string number)
    {
        Assert.Null(Read($"L\nE[\"KeyError\",\"\",{number},\"KeyError\"]").Calls[0].Line);
        Assert.Null(Read($"F[\"KeyError\",\"\",{number},\"KeyError\"]").Line);
        Assert.Equal(3, Read("L\nE[\"KeyError\",\"\",3,\"KeyError\"]").Calls[0].Line);
    }

    private static ProgramRun Read(string lines)
    {
        var report = new RunReport(["def f():\n    return 1\n"], callCount: 2);
        report.Accept("0 P"u8.ToArray());
        foreach (var line in lines.Split('\n')) report.Accept(Encoding.UTF8.GetBytes("0 " + line));
        report.Accept("0=[\"done\",5,5]"u8.ToArray());
        return report.Programs[0].ToRun(KillCause.None);
    }
}
