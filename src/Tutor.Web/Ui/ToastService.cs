namespace Tutor.Web.Ui;

public enum ToastType { Primary, Success, Danger, Warning, Info }

public sealed record ToastMessage(ToastType Type, string Message)
{
    public ToastMessage(ToastType type, string title, string message) : this(type, message) => Title = title;

    public Guid Id { get; } = Guid.NewGuid();
    public string? Title { get; }

    /// <summary>What can be done about it with one press; the notice goes with it.</summary>
    public ToastAction? Action { get; init; }
}

/// <param name="Do">Runs outside the page that gave the notice, which may be gone by then.</param>
public sealed record ToastAction(string Label, Func<Task> Do);

/// <summary>Short notices of one circuit, shown by <see cref="Toasts"/> in the layout.</summary>
public sealed class ToastService
{
    internal event Action<ToastMessage>? Notified;

    public void Notify(ToastMessage message) => Notified?.Invoke(message);
}
