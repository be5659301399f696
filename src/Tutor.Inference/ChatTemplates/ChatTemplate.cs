using Tutor.Inference.Engine;

namespace Tutor.Inference.ChatTemplates;

/// <summary>How a model wants a conversation written: markup as control text, what people wrote as ordinary text.</summary>
/// <remarks>Because turns are segments, a student who writes a control token's name writes only its letters.</remarks>
public abstract record ChatTemplate
{
    /// <summary>What the log calls it; of a family, its name as the setting <c>Model:Template</c> takes it.</summary>
    public required string Name { get; init; }

    /// <summary>Null for a model that does not think aloud.</summary>
    public ThinkingFrame? Thinking { get; init; }

    /// <summary>Writes a conversation as a prompt.</summary>
    /// <param name="continueLast">Whether the model shall go on with the last turn, which must be the assistant's, instead of beginning an answer.</param>
    /// <param name="think">Whether a reasoning model thinks before it answers; others ignore it.</param>
    /// <exception cref="ArgumentException">There is no turn to answer, or none to continue.</exception>
    public IReadOnlyList<PromptSegment> Render(IReadOnlyList<ChatTurn> turns, bool continueLast = false, bool think = true)
    {
        if (turns.Count == 0)
            throw new ArgumentException("A conversation needs at least one message.", nameof(turns));
        if (continueLast && turns[^1].Side != ChatSide.Assistant)
            throw new ArgumentException("Only a last message of the assistant can be continued.", nameof(turns));

        var prompt = new PromptWriter();
        Write(prompt, turns, continueLast);
        if (Thinking is not null && !continueLast) prompt.Control(think ? Thinking.On : Thinking.Off);
        return prompt.Segments;
    }

    /// <summary>Writes the turns, and the head of the answer where none is continued.</summary>
    private protected abstract void Write(PromptWriter prompt, IReadOnlyList<ChatTurn> turns, bool continueLast);
}
