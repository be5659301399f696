namespace Tutor.Web.Ui;

public enum ToastType { Primary, Success, Danger, Warning, Info }

public sealed class ToastMessage(ToastType type, string message)
{
    public ToastMessage(ToastType type, string title, string message) : this(type, message) => Title = title;

    public Guid Id { get; } = Guid.NewGuid();
    public ToastType Type { get; } = type;
    public string? Title { get; }
    public string Message { get; } = message;
}

/// <summary>Short notices of one circuit, shown by <see cref="Toasts"/> in the layout.</summary>
public sealed class ToastService
{
    internal event Action<ToastMessage>? Notified;

    public void Notify(ToastMessage message) => Notified?.Invoke(message);
}
