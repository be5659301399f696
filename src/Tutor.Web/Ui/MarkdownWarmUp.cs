namespace Tutor.Web.Ui;

/// <summary>Loads parser and cleaner while the portal starts: the first page would else spend its time limit on that.</summary>
internal sealed class MarkdownWarmUp(MarkdownRenderer renderer) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stop) =>
        renderer.RenderAsync("# A\n\n*b* `c`\n\n```python\nd = 1\n```\n\n| e |\n|---|\n| [f](#g) |\n", topHeading: 2, stop).AsTask();
}
