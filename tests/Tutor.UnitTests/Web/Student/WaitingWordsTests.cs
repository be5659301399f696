using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tutor.Web.Student.Workspace;

namespace Tutor.UnitTests.Web.Student;

public sealed class WaitingWordsTests : BunitContext
{
    [Fact]
    public void Who_waits_reads_how_long_and_when_it_is_longer_than_usual()
    {
        var time = new FakeTimeProvider();
        Services.AddSingleton<TimeProvider>(time);
        SetRendererInfo(new RendererInfo("Server", true));
        var words = Render<WaitingWords>();

        var atOnce = words.Markup.Trim();
        time.Advance(TimeSpan.FromSeconds(5));
        words.WaitForAssertion(() => Assert.Contains("for 5 seconds", words.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("longer than usual", words.Markup, StringComparison.Ordinal);
        for (var i = 0; i < 3; i++) time.Advance(TimeSpan.FromSeconds(5));

        words.WaitForAssertion(() => Assert.Contains("for 20 seconds, longer than usual", words.Markup, StringComparison.Ordinal));
        Assert.Equal("", atOnce);
    }
}
