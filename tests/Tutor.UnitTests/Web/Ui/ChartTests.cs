using Bunit;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class ChartTests : BunitContext
{
    private static readonly ChartItem[] items = [new("Median", 3, Href: "courses/x?exercise=median"), new("Initials", 12, "12 of 40"), new("Empty", 0)];

    [Fact]
    public void Bars_are_as_long_as_their_share_of_the_longest()
    {
        var chart = Render<BarChart>(p => p.Add(c => c.Title, "Stuck").Add(c => c.Items, items));

        Assert.Equal(["25", "100", "0"], chart.FindAll("rect").Select(r => r.GetAttribute("width")));
        Assert.Equal(["3", "12 of 40", "0"], chart.FindAll(".bar-value").Select(v => v.TextContent));
    }

    [Fact]
    public void A_bar_leads_to_what_is_behind_it() =>
        Assert.Equal("courses/x?exercise=median", Render<BarChart>(p => p.Add(c => c.Title, "Stuck").Add(c => c.Items, items)).Find("a").GetAttribute("href"));

    [Fact]
    public void Columns_say_their_numbers_in_a_table_too()
    {
        var chart = Render<ColumnChart>(p => p.Add(c => c.Title, "Requests").Add(c => c.Items, items));

        Assert.Equal(["3", "12 of 40", "0"], chart.FindAll("tbody td").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("highest 12 of 40 on Initials", chart.Find("svg").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_of_a_stacked_bar_fill_it()
    {
        var chart = Render<StackedBar>(p => p.Add(c => c.Title, "Writers").Add(c => c.Items, items));

        Assert.Equal(["20", "80"], chart.FindAll("figure > svg rect").Select(r => r.GetAttribute("width")));
        Assert.Equal(["0", "20"], chart.FindAll("figure > svg rect").Select(r => r.GetAttribute("x")));
    }

    [Fact]
    public void Charts_without_data_draw_nothing_and_do_not_fail()
    {
        Assert.Empty(Render<BarChart>(p => p.Add(c => c.Title, "x").Add(c => c.Items, [])).FindAll("rect"));
        Assert.Contains("nothing yet", Render<ColumnChart>(p => p.Add(c => c.Title, "x").Add(c => c.Items, [])).Markup, StringComparison.Ordinal);
        Assert.Equal("", Render<Sparkline>(p => p.Add(c => c.Label, "x").Add(c => c.Values, [])).Find("polyline").GetAttribute("points"));
    }
}
