using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class TextEditorTests : BunitContext
{
    private readonly SlowBrowser browser = new();

    public TextEditorTests() => Services.AddSingleton<IJSRuntime>(browser);

    [Fact]
    public void A_text_that_comes_while_the_browser_makes_the_editor_is_shown()
    {
        var editor = Render<TextEditor>(p => p.Add(e => e.Label, "Your text").Add(e => e.Value, ""));

        editor.Render(p => p.Add(e => e.Value, "The draft from before."));
        browser.Made.SetResult();

        editor.WaitForAssertion(() => Assert.True(editor.Find("textarea").HasAttribute("data-ready")));
        Assert.Equal(["import", "createPlain", "setText The draft from before."], browser.Calls);
    }

    [Fact]
    public void The_text_that_the_editor_was_made_with_is_not_set_again()
    {
        var editor = Render<TextEditor>(p => p.Add(e => e.Label, "Your text").Add(e => e.Value, "The draft from before."));

        browser.Made.SetResult();

        editor.WaitForAssertion(() => Assert.True(editor.Find("textarea").HasAttribute("data-ready")));
        Assert.Equal(["import", "createPlain"], browser.Calls);
    }

    /// <summary>The browser, its module and the editor in one: making the editor takes until a test says so.</summary>
    private sealed class SlowBrowser : IJSRuntime, IJSObjectReference
    {
        public TaskCompletionSource Made { get; } = new();
        public List<string> Calls { get; } = [];

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            if (identifier == "destroy") return default!;
            Calls.Add(identifier == "setText" ? $"setText {args![0]}" : identifier);
            if (identifier == "createPlain") await Made.Task;
            return this is TValue itself ? itself : default!;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
