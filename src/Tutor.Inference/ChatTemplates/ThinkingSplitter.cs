using System.Text;

namespace Tutor.Inference.ChatTemplates;

/// <summary>Keeps a reasoning model's thoughts apart from its answer while the text arrives in pieces of any size.</summary>
/// <remarks>Only a block at the very start counts. The same letters later in an answer are the answer's own.</remarks>
/// <param name="opensInPrompt">Whether the prompt opened the block already, so that the first letter is a thought.</param>
public sealed class ThinkingSplitter(bool opensInPrompt)
{
    private readonly StringBuilder held = new();
    private State state = opensInPrompt ? State.Thinking : State.Start;

    private enum State { Start, Thinking, Gap, Answer }

    /// <summary>Takes the next piece of text.</summary>
    /// <returns>What it made certain; either part may be empty. An end that may be half a mark is held until it is known.</returns>
    public SplitText Push(string text)
    {
        held.Append(text);
        return Take(final: false);
    }

    /// <returns>What was still held when the text ended.</returns>
    public SplitText Finish() => Take(final: true);

    private SplitText Take(bool final)
    {
        if (state == State.Answer) return new("", Drain());
        var rest = held.ToString();
        var thoughts = "";
        if (state == State.Start)
        {
            var start = rest.TrimStart();
            if (start.StartsWith(ThinkingFrame.Open, StringComparison.Ordinal))
                (state, rest) = (State.Thinking, start[ThinkingFrame.Open.Length..]);
            else if (!final && ThinkingFrame.Open.StartsWith(start, StringComparison.Ordinal))
                return new("", "");
            else
                state = State.Answer;
        }
        if (state == State.Thinking)
        {
            var end = rest.IndexOf(ThinkingFrame.Close, StringComparison.Ordinal);
            if (end >= 0)
                (state, thoughts, rest) = (State.Gap, rest[..end], rest[(end + ThinkingFrame.Close.Length)..]);
            else
            {
                var keep = final ? 0 : HeldEnd(rest);
                (thoughts, rest) = (rest[..^keep], rest[^keep..]);
            }
        }
        if (state == State.Gap)
        {
            // The blank lines between thoughts and answer belong to neither.
            rest = rest.TrimStart();
            if (rest.Length > 0) state = State.Answer;
        }
        held.Clear().Append(rest);
        return new(thoughts, state == State.Answer ? Drain() : "");
    }

    private string Drain()
    {
        var text = held.ToString();
        held.Clear();
        return text;
    }

    // Length of the longest end of the text that is a start of the closing mark.
    private static int HeldEnd(string text)
    {
        for (var length = Math.Min(text.Length, ThinkingFrame.Close.Length - 1); length > 0; length--)
            if (text.AsSpan(text.Length - length).SequenceEqual(ThinkingFrame.Close.AsSpan(0, length)))
                return length;
        return 0;
    }
}

/// <summary>A piece of a reply: some of it thoughts, some of it answer, in this order.</summary>
public readonly record struct SplitText(string Thoughts, string Answer);
