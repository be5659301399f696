using System.Text;
using Microsoft.AspNetCore.Components.Rendering;
using Tutor.Core.Interactions;

namespace Tutor.Web.Ui;

/// <summary>Shows characters that no reader sees, where text stands as a student sent it: what was hidden from people must not stay hidden from staff.
/// Joiners that belong to the writing stay where they are, or its words would fall apart.</summary>
internal static class HiddenMarks
{
    public static void Add(RenderTreeBuilder builder, string text)
    {
        builder.OpenRegion(0);
        var seen = 0;
        foreach (var (start, length) in HiddenRuns.In(text))
        {
            builder.AddContent(0, text[seen..start]);
            for (var at = start; at < start + length;)
            {
                var whole = Rune.TryGetRuneAt(text, at, out var rune);
                builder.OpenElement(1, "span");
                builder.AddAttribute(2, "class", "hidden-char");
                builder.AddContent(3, whole ? $"U+{rune.Value:X4}" : "broken");
                builder.CloseElement();
                at += whole ? rune.Utf16SequenceLength : 1;
            }

            seen = start + length;
        }

        builder.AddContent(4, text[seen..]);
        builder.CloseRegion();
    }
}
