using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Tutor.Web.Ui;

/// <summary>Text with spans marked. Built in code: between tags Razor would add white space.</summary>
public sealed class MarkedText : ComponentBase
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter]
    public IReadOnlyList<TextMark> Marks { get; set; } = [];

    protected override void BuildRenderTree(RenderTreeBuilder builder) => Add(builder, Text, 0, Marks);

    /// <param name="start">Where <paramref name="text"/> begins in the text the marks count in.</param>
    internal static void Add(RenderTreeBuilder builder, string text, int start, IReadOnlyList<TextMark> marks)
    {
        var at = 0;
        foreach (var mark in marks.OrderBy(m => m.Start))
        {
            var from = Math.Max(mark.Start - start, at);
            var to = Math.Min(mark.Start + mark.Length - start, text.Length);
            if (from >= to)
                continue;
            HiddenMarks.Add(builder, text[at..from]);
            builder.OpenElement(1, "mark");
            builder.AddAttribute(2, "title", mark.Title);
            HiddenMarks.Add(builder, text[from..to]);
            builder.CloseElement();
            at = to;
        }
        HiddenMarks.Add(builder, text[at..]);
    }
}
