using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Tutor.Core.Interactions;

namespace Tutor.Web.Ui;

/// <summary>What the code editor and the writing surface share: text that comes from the browser 300 ms after the last key, as a stream when it is long.</summary>
public abstract class EditorBase : ComponentBase, IAsyncDisposable
{
    private DotNetObjectReference<EditorBase>? self;
    private ComponentScript? script;
    private IJSObjectReference? editor;
    private string known = "";
    private bool typing;

    [Inject]
    protected IJSRuntime Js { get; set; } = null!;

    [Parameter]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    /// <summary>A key was pressed: there is text that has not arrived yet.</summary>
    [Parameter]
    public EventCallback OnTypingBegun { get; set; }

    /// <summary>Where the browser posts the text when the page goes away before it has arrived; null for text that may be lost.</summary>
    [Parameter]
    public DraftField? Draft { get; set; }

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
        if (editor is null)
            return Value;
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
    public Task OnTyping() => InvokeAsync(() =>
    {
        typing = true;
        return OnTypingBegun.InvokeAsync();
    });

    [JSInvokable]
    public Task OnChanged(string text) => InvokeAsync(() => TakeAsync(text));

    [JSInvokable]
    public Task OnChangedStream(IJSStreamReference text) => InvokeAsync(() => TakeAsync(text));

    /// <summary>Something was pasted: how many characters, and whether they had been copied on this page.</summary>
    [Parameter]
    public EventCallback<Paste> Pasted { get; set; }

    [JSInvokable]
    public Task OnPasted(int characters, bool inside) => InvokeAsync(() => Pasted.InvokeAsync(new Paste(Math.Clamp(characters, 0, MaxLength), inside)));

    [JSInvokable]
    public Task OnSubmit() => InvokeAsync(() => OnSubmitted.InvokeAsync());

    /// <returns>Null where the component was taken off the page meanwhile.</returns>
    protected abstract Task<IJSObjectReference?> CreateAsync(ComponentScript script, DotNetObjectReference<EditorBase> self);

    protected override async Task OnParametersSetAsync()
    {
        if (editor is null)
            return;
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
        self ??= DotNetObjectReference.Create(this);
        script ??= new ComponentScript(Js, "./lib/editor.js");
        (known, readOnlyShown) = (Value, ReadOnly);
        editor = await CreateAsync(script, self);
        if (editor is null)
            return;
        if (script.Gone)
        {
            await StopAsync();
            return;
        }
        // A draft or a lock may have come while the browser made it.
        await OnParametersSetAsync();
        Ready = true;
        StateHasChanged();
    }

    protected async Task StopAsync()
    {
        if (editor is null)
            return;
        var old = editor;
        (editor, Ready) = (null, false);
        try
        {
            await old.InvokeVoidAsync("destroy");
            await old.DisposeAsync();
        }
        catch (Exception left) when (left is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone and the editor with it, or it does not answer any more.
        }
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
        // PostgreSQL cannot hold a NUL in text, and no program or essay needs one: gone here, it is gone for tests and hints alike.
        text = text.Replace("\0", "", StringComparison.Ordinal);
        // What was typed and taken back is told too: whoever was told of the typing waits for it.
        if (text == known && !typing)
            return Task.CompletedTask;
        (known, typing) = (text, false);
        return ValueChanged.InvokeAsync(text);
    }

    public async ValueTask DisposeAsync()
    {
        // First, so that an editor which is still being made learns that it comes too late.
        if (script is not null)
            await script.DisposeAsync();
        await StopAsync();
        self?.Dispose();
        GC.SuppressFinalize(this);
    }
}
