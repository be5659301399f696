namespace Tutor.Web.Ui;

public sealed record ConfirmDialogOptions
{
    public string YesButtonText { get; init; } = "Yes";
    public string NoButtonText { get; init; } = "No";
    public ButtonColor YesButtonColor { get; init; } = ButtonColor.Primary;
}
