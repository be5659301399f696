namespace Tutor.Inference.ChatTemplates;

/// <summary>The template of a family that Tutor knows.</summary>
/// <remarks>
/// Model files carry their template as a Jinja program. The families Tutor knows differ only in the frames around turns, where the
/// system's text goes and how thoughts are marked, so a template here is that data; see <see cref="ChatTemplateFamilies"/> for how a
/// file's template is recognised.
/// </remarks>
internal sealed record FamilyTemplate : ChatTemplate
{
    /// <summary>Control text before everything: the begin token, where the template itself writes it.</summary>
    public string Begin { get; init; } = "";

    public required TurnFrame System { get; init; }
    public required TurnFrame User { get; init; }
    public required TurnFrame Assistant { get; init; }

    public SystemPlace SystemPlace { get; init; }

    /// <summary>Whether white space around a turn's text is cut.</summary>
    public bool Trims { get; init; }

    /// <summary>What the system turn says in a conversation that has none; null for no such turn.</summary>
    public string? DefaultSystem { get; init; }

    /// <summary>Control text that ends every prompt for a new answer, after the assistant's frame.</summary>
    public string AnswerHead { get; init; } = "";

    private protected override void Write(PromptWriter prompt, IReadOnlyList<ChatTurn> turns, bool continueLast)
    {
        prompt.Control(Begin);
        var placed = SystemPlace == SystemPlace.OwnTurn ? WithSystemTurn(turns) : WithSystemInUserTurn(turns);
        for (var i = 0; i < placed.Count; i++)
        {
            var last = i == placed.Count - 1;
            Write(prompt, placed[i], open: last && continueLast);
        }
        if (continueLast) return;
        // Where a blank stands before answers, the model writes it.
        prompt.Control(Assistant.Before.TrimEnd(' '));
        prompt.Control(AnswerHead);
    }

    private void Write(PromptWriter prompt, ChatTurn turn, bool open)
    {
        var frame = turn.Side switch { ChatSide.System => System, ChatSide.User => User, _ => Assistant };
        prompt.Control(frame.Before);
        // An answer that has begun has thought already.
        if (open)
        {
            prompt.Control(AnswerHead);
            if (Thinking is not null) prompt.Control(Thinking.Off);
        }
        var text = turn.Side == ChatSide.Assistant && !open ? ThinkingFrame.Without(turn.Text) : turn.Text;
        // The end of a begun answer is kept as it is: the next token depends on it.
        prompt.Ordinary(!Trims ? text : open ? text.TrimStart() : text.Trim());
        if (!open) prompt.Control(frame.After);
    }

    private List<ChatTurn> WithSystemTurn(IReadOnlyList<ChatTurn> turns)
    {
        var placed = turns.ToList();
        if (placed[0].Side != ChatSide.System && DefaultSystem is not null)
            placed.Insert(0, new(ChatSide.System, DefaultSystem));
        return placed;
    }

    private List<ChatTurn> WithSystemInUserTurn(IReadOnlyList<ChatTurn> turns)
    {
        var placed = turns.Where(turn => turn.Side != ChatSide.System).ToList();
        var system = string.Join("\n\n", turns.Where(turn => turn.Side == ChatSide.System).Select(turn => turn.Text));
        if (system.Length == 0) return placed;
        var at = SystemPlace == SystemPlace.FirstUserTurn
            ? placed.FindIndex(turn => turn.Side == ChatSide.User)
            : placed.FindLastIndex(turn => turn.Side == ChatSide.User);
        if (at < 0)
            placed.Insert(0, new(ChatSide.User, system));
        else
            placed[at] = placed[at] with { Text = $"{system}\n\n{(Trims ? placed[at].Text.Trim() : placed[at].Text)}" };
        return placed;
    }
}
