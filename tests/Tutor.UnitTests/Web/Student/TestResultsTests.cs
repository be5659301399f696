using Bunit;
using Tutor.Core.Evidence;
using Tutor.Web.Student.Workspace;

namespace Tutor.UnitTests.Web.Student;

public sealed class TestResultsTests : BunitContext
{
    private static readonly RunEvidence evidence = new()
    {
        State = EvidenceState.Ran,
        Results =
        [
            new() { TestId = "two", Call = "average([1, 3])", Public = true, Outcome = TestOutcome.Passed, Expected = "2.0", Actual = "2.0" },
            new() { TestId = "one", Call = "average([1])", Public = true, Outcome = TestOutcome.WrongValue, Expected = "1.0", Actual = "0.5" },
            new() { TestId = "none", Call = "average([])", Public = false, Outcome = TestOutcome.Exception, Expected = "SECRET", Why = "an empty list", ExceptionType = "ZeroDivisionError" },
        ],
    };

    [Fact]
    public void Public_tests_show_what_was_expected_and_what_came()
    {
        var view = Render<TestResults>(p => p.Add(r => r.Evidence, evidence));

        Assert.Equal(["average([1, 3])", "average([1])"], view.FindAll("tbody th code").Select(c => c.TextContent));
        Assert.Equal("0.5", view.FindAll("tbody tr")[1].QuerySelectorAll("td")[1].TextContent);
        Assert.Contains("1 of 3 tests pass", view.Find(".test-summary").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_tests_say_what_they_are_about_and_nothing_else()
    {
        var view = Render<TestResults>(p => p.Add(r => r.Evidence, evidence));

        Assert.Contains("Those that fail try an empty list.", view.Find(".hidden-tests").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("average([])", view.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", view.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_does_not_load_names_its_line()
    {
        var broken = new RunEvidence { State = EvidenceState.LoadFailed, ExceptionType = "SyntaxError", ExceptionMessage = "invalid syntax", Line = 3 };

        var view = Render<TestResults>(p => p.Add(r => r.Evidence, broken));

        Assert.Contains("at line 3", view.Markup, StringComparison.Ordinal);
        Assert.Contains("SyntaxError: invalid syntax", view.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_programs_are_not_run_the_student_reads_why()
    {
        var off = new RunEvidence { State = EvidenceState.Off, Notice = "Programs are not run here: bubblewrap is missing." };

        Assert.Contains("bubblewrap is missing", Render<TestResults>(p => p.Add(r => r.Evidence, off)).Markup, StringComparison.Ordinal);
    }
}
