using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Tutor.Web.Ui;

/// <summary>What the code editor and the writing surface share: text that comes from the browser 300 ms after the last key, as a stream when it is long.</summary>
public abstract class EditorBase : ComponentBase, IAsyncDisposable
{
    private DotNetObjectReference<EditorBase>? self;
    private IJSObjectReference? module, editor;
    private string known = "";

    [Inject]
    protected IJSRuntime Js { get; set; } = null!;

    [Parameter]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>Ctrl+Enter, after the text has arrived.</summary>
    [Parameter]
    public EventCallback OnSubmitted { get; set; }

    /// <summary>What the text is, for people who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Longest text taken, in characters.</summary>
    [Parameter]
    public int MaxLength { get; set; } = 100_000;

    /// <summary>The browser has taken over.</summary>
    protected bool Ready { get; private set; }

    private bool readOnlyShown;

    /// <summary>Brings the text here at once, without waiting for the pause in typing.</summary>
    public async Task<string> ReadAsync()
    {
        if (editor is not null)
            await editor.InvokeVoidAsync("report");
        return known;
    }

    /// <summary>Puts the cursor on a line, counted from 1, and the focus into the editor.</summary>
    public async Task GoToLineAsync(int line)
    {
        if (editor is not null)
            await editor.InvokeVoidAsync("goToLine", line);
    }

    [JSInvokable]
    public Task OnChanged(string text) => InvokeAsync(() => TakeAsync(text));

    [JSInvokable]
    public Task OnChangedStream(IJSStreamReference text) => InvokeAsync(() => TakeAsync(text));

    [JSInvokable]
    public Task OnSubmit() => InvokeAsync(() => OnSubmitted.InvokeAsync());

    protected abstract Task<IJSObjectReference> CreateAsync(IJSObjectReference module, DotNetObjectReference<EditorBase> self);

    protected override async Task OnParametersSetAsync()
    {
        if (editor is null)
        {
            known = Value;
            return;
        }
        if (Value != known)
        {
            known = Value;
            await editor.InvokeVoidAsync("setText", Value);
        }
        if (ReadOnly != readOnlyShown)
        {
            readOnlyShown = ReadOnly;
            await editor.InvokeVoidAsync("setReadOnly", ReadOnly);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await StartAsync();
    }

    protected async Task StartAsync()
    {
        try
        {
            self ??= DotNetObjectReference.Create(this);
            module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./lib/editor.js");
            readOnlyShown = ReadOnly;
            editor = await CreateAsync(module, self);
            Ready = true;
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            // The page was closed while it opened.
        }
    }

    protected async Task StopAsync()
    {
        if (editor is null)
            return;
        var old = editor;
        (editor, Ready) = (null, false);
        await old.InvokeVoidAsync("destroy");
        await old.DisposeAsync();
    }

    private async Task TakeAsync(IJSStreamReference text)
    {
        // Four bytes a character at most in UTF-8; what the browser sends beyond its own limit is refused here.
        await using var stream = await text.OpenReadStreamAsync(MaxLength * 4L);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var arrived = await reader.ReadToEndAsync();
        await text.DisposeAsync();
        await TakeAsync(arrived);
    }

    private Task TakeAsync(string text)
    {
        if (text == known)
            return Task.CompletedTask;
        known = text;
        return ValueChanged.InvokeAsync(text);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone and the editor with it.
        }
        self?.Dispose();
        GC.SuppressFinalize(this);
    }
}
