using Bunit;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class ConfirmDialogTests : BunitContext
{
    private readonly BunitJSModuleInterop module;

    public ConfirmDialogTests()
    {
        module = JSInterop.SetupModule("./Ui/Modal.razor.js");
        module.SetupVoid("show", _ => true).SetVoidResult();
        module.SetupVoid("hide", _ => true).SetVoidResult();
    }

    [Theory]
    [InlineData("Revoke", true)]
    [InlineData("Keep it", false)]
    public async Task The_answer_is_the_button_pressed(string button, bool expected)
    {
        var dialog = Render<ConfirmDialog>();
        var answer = AskAsync(dialog);

        await dialog.FindAll("button").Single(b => b.TextContent == button).ClickAsync();

        Assert.Equal(expected, await answer);
    }

    [Fact]
    public async Task Closing_it_is_no()
    {
        var dialog = Render<ConfirmDialog>();
        var answer = AskAsync(dialog);

        await dialog.Find("dialog").TriggerEventAsync("onclose", EventArgs.Empty);

        Assert.False(await answer);
    }

    private static Task<bool> AskAsync(IRenderedComponent<ConfirmDialog> dialog)
    {
        var answer = dialog.InvokeAsync(() => dialog.Instance.ShowAsync("Revoke?", "It stops working.",
            confirmDialogOptions: new() { YesButtonText = "Revoke", NoButtonText = "Keep it" }));
        dialog.WaitForElement(".modal-footer");
        return answer;
    }
}
