using Tutor.Inference.Engine;

namespace Tutor.Inference.ChatTemplates;

/// <summary>Collects a prompt; neighbours of one kind become one segment.</summary>
internal sealed class PromptWriter
{
    private readonly List<PromptSegment> segments = [];

    public IReadOnlyList<PromptSegment> Segments => segments;

    public void Control(string text) => Add(text, true);

    public void Ordinary(string text) => Add(text, false);

    private void Add(string text, bool control)
    {
        if (text.Length == 0) return;
        if (segments is [.., var last] && last.IsControl == control)
            segments[^1] = last with { Text = last.Text + text };
        else
            segments.Add(new(text, control));
    }
}
