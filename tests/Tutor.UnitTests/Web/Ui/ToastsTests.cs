using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class ToastsTests : BunitContext
{
    private readonly FakeTimeProvider time = new();
    private readonly ToastService service = new();

    public ToastsTests()
    {
        Services.AddSingleton<TimeProvider>(time);
        Services.AddSingleton(service);
    }

    [Fact]
    public void A_notice_goes_by_itself_and_an_error_stays()
    {
        var toasts = Render<Toasts>();

        service.Notify(new(ToastType.Success, "Saved."));
        service.Notify(new(ToastType.Danger, "Not saved."));
        time.Advance(TimeSpan.FromSeconds(8));

        toasts.WaitForAssertion(() => Assert.Equal(["Not saved."], toasts.FindAll(".toast-text").Select(t => t.TextContent.Trim())));
    }

    [Fact]
    public void What_a_notice_offers_is_done_once_and_there_is_time_to_decide()
    {
        var done = 0;
        var toasts = Render<Toasts>();

        service.Notify(new(ToastType.Info, "Replaced.") { Action = new("Undo", () => { done++; return Task.CompletedTask; }) });
        time.Advance(TimeSpan.FromSeconds(15));
        toasts.WaitForElement(".toast .btn").Click();

        Assert.Equal(1, done);
        Assert.Empty(toasts.FindAll(".toast"));
    }

    [Fact]
    public void Notices_are_announced_politely() =>
        Assert.Equal("polite", Render<Toasts>().Find("[role=status]").GetAttribute("aria-live"));
}
