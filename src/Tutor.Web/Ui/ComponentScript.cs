using Microsoft.JSInterop;

namespace Tutor.Web.Ui;

/// <summary>A component's script module, imported at its first call.</summary>
/// <remarks>
/// A component may be taken off the page while the browser still fetches its script or answers a call. What comes of that
/// call fails in the browser, because the elements are gone, and matters to nobody; but Blazor hands the error to the error
/// boundary above, which by then shows something else and would replace it with "This page ran into a problem".
/// </remarks>
public sealed class ComponentScript(IJSRuntime js, string path) : IAsyncDisposable
{
    private IJSObjectReference? module;

    /// <summary>The component is gone: calls do nothing and their failures are nobody's.</summary>
    public bool Gone { get; private set; }

    public Task CallAsync(string function, params object?[] arguments) => CallAsync<object?>(async script =>
    {
        await script.InvokeVoidAsync(function, arguments);
        return null;
    });

    /// <returns>What the function gave; the default where the component or its browser is gone.</returns>
    public Task<T?> CallAsync<T>(string function, params object?[] arguments) => CallAsync<T>(script => script.InvokeAsync<T>(function, arguments));

    private async Task<T?> CallAsync<T>(Func<IJSObjectReference, ValueTask<T>> call)
    {
        if (Gone)
            return default;
        try
        {
            module ??= await js.InvokeAsync<IJSObjectReference>("import", path);
            if (!Gone)
                return await call(module);
            await ReleaseAsync();
        }
        catch (Exception) when (Gone)
        {
            // See the remarks.
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
        return default;
    }

    public ValueTask DisposeAsync()
    {
        Gone = true;
        return ReleaseAsync();
    }

    private async ValueTask ReleaseAsync()
    {
        var released = module;
        module = null;
        if (released is null)
            return;
        try
        {
            await released.DisposeAsync();
        }
        catch (Exception left) when (left is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone and the module with it.
        }
    }
}
