using System.Diagnostics;
using Tutor.Core.Hints;

namespace Tutor.UnitTests.Hints;

public sealed class PackPatternTests
{
    [Theory]
    [InlineData(@"(a+)+$")]
    [InlineData(@"^(?=(a+)+$)")]
    [InlineData(@"(a+)+\1$")]
    public void A_pattern_that_would_take_years_is_given_up(string pattern)
    {
        var watch = Stopwatch.StartNew();

        PackPattern.IsMatch(pattern, new string('a', 40) + "!");

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
    }

    [Theory]
    [InlineData(@"^\s*return", "def f():\n    return 1", true)]
    [InlineData(@"(?<!\w)sum\(", "x = sum(y)", true)]
    [InlineData(@"(?<!\w)sum\(", "x = mysum(y)", false)]
    public void Lines_and_look_arounds_work_as_authors_expect(string pattern, string code, bool matches) => Assert.Equal(matches, PackPattern.IsMatch(pattern, code));

    [Fact]
    public void What_is_wrong_with_a_pattern_is_said()
    {
        Assert.Null(PackPattern.ProblemOf(@"\d+"));
        Assert.Contains("(", PackPattern.ProblemOf("("), StringComparison.Ordinal);
    }
}
