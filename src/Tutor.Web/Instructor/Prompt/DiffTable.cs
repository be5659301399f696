using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Tutor.Web.Instructor.Prompt;

/// <summary>A comparison as a table: what went and what came is said by signs and words as well as by colour.</summary>
/// <remarks>Built in code: between tags Razor would add white space that a preformatted cell shows.</remarks>
public sealed class DiffTable : ComponentBase
{
    [Parameter, EditorRequired]
    public IReadOnlyList<DiffRow> Rows { get; set; } = [];

    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "table");
        builder.AddAttribute(1, "class", "diff");
        builder.OpenElement(2, "caption");
        builder.AddAttribute(3, "class", "visually-hidden");
        builder.AddContent(4, Caption);
        builder.CloseElement();
        builder.AddMarkupContent(5,
            """<thead class="visually-hidden"><tr><th scope="col">Old line</th><th scope="col">New line</th><th scope="col">Change</th><th scope="col">Text</th></tr></thead>""");
        builder.OpenElement(6, "tbody");
        foreach (var (row, index) in Rows.Select((r, i) => (r, i)))
            AddRow(builder, row, index);
        builder.CloseElement();
        builder.CloseElement();
    }

    private static void AddRow(RenderTreeBuilder builder, DiffRow row, int index)
    {
        builder.OpenElement(10, "tr");
        builder.SetKey(index);
        if (row.Kind == '…')
        {
            builder.AddAttribute(11, "class", "diff-gap");
            builder.OpenElement(12, "td");
            builder.AddAttribute(13, "colspan", "4");
            builder.AddContent(14, row.Hidden == 1 ? "1 line without change" : $"{row.Hidden} lines without change");
            builder.CloseElement();
            builder.CloseElement();
            return;
        }
        builder.AddAttribute(15, "class", row.Kind switch { '+' => "diff-added", '-' => "diff-removed", _ => null });
        foreach (var number in new[] { row.Old, row.New })
        {
            builder.OpenElement(20, "td");
            builder.AddAttribute(21, "class", "diff-number");
            builder.AddContent(22, number?.ToString(CultureInfo.InvariantCulture));
            builder.CloseElement();
        }
        builder.OpenElement(40, "td");
        builder.AddAttribute(41, "class", "diff-sign");
        builder.OpenElement(42, "span");
        builder.AddAttribute(43, "aria-hidden", "true");
        builder.AddContent(44, row.Kind.ToString());
        builder.CloseElement();
        builder.OpenElement(45, "span");
        builder.AddAttribute(46, "class", "visually-hidden");
        builder.AddContent(47, row.Kind switch { '+' => "added", '-' => "removed", _ => "" });
        builder.CloseElement();
        builder.CloseElement();
        builder.OpenElement(50, "td");
        foreach (var (text, differs) in row.Pieces)
        {
            if (differs)
            {
                builder.OpenElement(51, row.Kind == '+' ? "ins" : "del");
                builder.AddContent(52, text);
                builder.CloseElement();
            }
            else
            {
                builder.AddContent(53, text);
            }
        }
        builder.CloseElement();
        builder.CloseElement();
    }
}
