using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class WholeNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData(" 100000 ", 100_000)]
    [InlineData("100,000", 100_000)]
    [InlineData("1 000 000", 1_000_000)]
    [InlineData("007", 7)]
    public void A_number_is_read_as_people_write_it(string text, long number) => Assert.Equal(number, WholeNumber.Read(text, 0, 10_000_000));

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("12.5")]
    [InlineData("12,5")]
    [InlineData("1e6")]
    [InlineData("99999999999999999999")]
    [InlineData("10000001")]
    [InlineData("ten")]
    [InlineData("0x10")]
    [InlineData("１０")]
    public void What_is_no_such_number_is_never_taken_for_one(string text)
    {
        Assert.Null(WholeNumber.Read(text, 0, 10_000_000));
        Assert.Contains("no whole number from 0 to 10,000,000", WholeNumber.Problem(text, 0, 10_000_000, ""), StringComparison.Ordinal);
    }
}
