using System.Text;
using Microsoft.AspNetCore.Components.Rendering;
using Tutor.Core.Interactions;

namespace Tutor.Web.Ui;

/// <summary>Shows characters that no reader sees, where text stands as a student sent it: what was hidden from people must not stay hidden from staff.</summary>
internal static class HiddenMarks
{
    public static void Add(RenderTreeBuilder builder, string text)
    {
        builder.OpenRegion(0);
        var seen = 0;
        for (var at = 0; at < text.Length;)
        {
            var whole = Rune.TryGetRuneAt(text, at, out var rune);
            var length = whole ? rune.Utf16SequenceLength : 1;
            if (!whole || HiddenCharacters.Kind(rune) is not null)
            {
                builder.AddContent(0, text[seen..at]);
                builder.OpenElement(1, "span");
                builder.AddAttribute(2, "class", "hidden-char");
                builder.AddContent(3, whole ? $"U+{rune.Value:X4}" : "broken");
                builder.CloseElement();
                seen = at + length;
            }

            at += length;
        }

        builder.AddContent(4, text[seen..]);
        builder.CloseRegion();
    }
}
