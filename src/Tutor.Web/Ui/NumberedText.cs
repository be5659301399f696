using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Tutor.Core;

namespace Tutor.Web.Ui;

/// <summary>Text as it was handed in, with line numbers and marked spans. The numbers come from the style sheet, so that copying takes the text alone.</summary>
/// <remarks>Built in code: between tags Razor would add white space that a preformatted text shows.</remarks>
public sealed class NumberedText : ComponentBase
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>Names the scrollable region.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>A line to point at, counted from 1.</summary>
    [Parameter]
    public int? Line { get; set; }

    [Parameter]
    public IReadOnlyList<TextMark> Marks { get; set; } = [];

    [Parameter]
    public string? Class { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "pre");
        builder.AddAttribute(1, "class", $"numbered {Class}");
        builder.AddAttribute(2, "tabindex", "0");
        builder.AddAttribute(3, "role", "region");
        builder.AddAttribute(4, "aria-label", Label);
        builder.OpenElement(5, "code");
        var number = 1;
        foreach (var (start, line) in TextLines.Shown(Text))
        {
            builder.OpenElement(6, "span");
            builder.SetKey(number);
            builder.AddAttribute(7, "class", number == Line ? "line line-marked" : "line");
            builder.AddAttribute(8, "data-line", number.ToString(CultureInfo.InvariantCulture));
            builder.OpenRegion(9);
            MarkedText.Add(builder, line, start, Marks);
            builder.CloseRegion();
            builder.AddContent(10, "\n");
            builder.CloseElement();
            number++;
        }
        builder.CloseElement();
        builder.CloseElement();
    }
}
