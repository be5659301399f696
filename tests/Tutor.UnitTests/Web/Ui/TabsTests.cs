using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class TabsTests : BunitContext
{
    [Fact]
    public void The_first_tab_is_open_unless_another_says_so()
    {
        Assert.Equal("One's content", Show().Find("[role=tabpanel]").TextContent);
        Assert.Equal("Two's content", Show(activeSecond: true).Find("[role=tabpanel]").TextContent);
    }

    [Fact]
    public void A_click_opens_a_tab()
    {
        var tabs = Show();

        tabs.FindAll("[role=tab]")[1].Click();

        Assert.Equal("Two's content", tabs.Find("[role=tabpanel]").TextContent);
        Assert.Equal(["false", "true"], tabs.FindAll("[role=tab]").Select(t => t.GetAttribute("aria-selected")));
    }

    [Theory]
    [InlineData("ArrowRight", "Two's content")]
    [InlineData("ArrowLeft", "Two's content")]
    [InlineData("End", "Two's content")]
    [InlineData("Home", "One's content")]
    public void Arrows_move_between_tabs(string key, string shown)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var tabs = Show();

        tabs.Find("[role=tablist]").KeyDown(new KeyboardEventArgs { Key = key });

        Assert.Equal(shown, tabs.Find("[role=tabpanel]").TextContent);
    }

    private IRenderedComponent<Tabs> Show(bool activeSecond = false) => Render<Tabs>(p => p.AddChildContent<Tab>(Tab("One", false)).AddChildContent<Tab>(Tab("Two", activeSecond)));

    private static Action<ComponentParameterCollectionBuilder<Tab>> Tab(string title, bool active) => p => p
        .Add(t => t.Title, title)
        .Add(t => t.IsActive, active)
        .Add(t => t.Content, (RenderFragment)(content => content.AddContent(0, $"{title}'s content")));
}
