using System.Text;
using System.Text.RegularExpressions;
using Tutor.Core;

namespace Tutor.Inference.Hosts.Replies;

/// <summary>Leaves of a host's text, arriving in pieces of any size, what the model says to the reader.</summary>
/// <remarks>
/// Thoughts, channels other than the final one, control tokens, calls of tools and turns of made-up people are left out, in the forms of the
/// open model families. The end of a turn is the end of the text. The result depends on the text alone, not on where it is cut into pieces.
/// </remarks>
/// <param name="holds">Release nothing until it is certain that the text does not begin with thoughts whose opening mark the prompt had.</param>
internal sealed partial class ReplyCleaner(bool holds)
{
    private const int LongestHeader = 80;
    private const string StrippedAnalysis = "analysis";
    private const string StrippedFinal = "assistantfinal";

    private readonly StringBuilder kept = new();
    private readonly StringBuilder header = new();
    private string rest = "";
    private char before = '\n';
    private bool inCode, trims, closed, wrapped, struck, inChannel, strippedChannels, sawOpening;
    private int shown;
    private State state = State.Start;
    private State headerOf;

    private enum State { Start, Answer, Thoughts, Tool, RoleHeader, ChannelHeader, Hidden, Ended }

    /// <summary>Characters that were left out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Text that was released has turned out to be thoughts; whoever has it must forget it.</summary>
    public bool TookBack { get; private set; }

    /// <summary>The turn is over, whatever else comes.</summary>
    public bool Ended => state == State.Ended;

    /// <summary>Whether only the end of thoughts was marked; null where no whole answer has shown it.</summary>
    public bool? ThoughtsCameFirst => LoneClose ? true : sawOpening || state is State.Answer or State.Ended ? false : null;

    private bool LoneClose { get; set; }
    private bool HasText => kept.Length > 0 && !string.IsNullOrWhiteSpace(kept.ToString());

    /// <returns>What became certain; often empty.</returns>
    public string Push(string piece)
    {
        rest += piece;
        Read(final: false);
        return Release(final: false);
    }

    /// <returns>What was still held when the text ended.</returns>
    public string Finish()
    {
        Read(final: true);
        if (LooksLikeCall() && IsToolCall().IsMatch(kept.ToString())) Forget();
        return Release(final: true);
    }

    /// <summary>Thoughts come in a field of their own, so the text is the answer.</summary>
    public void ThoughtsAreApart() => sawOpening = true;

    private void Read(bool final)
    {
        var at = 0;
        while (at < rest.Length && state != State.Ended)
        {
            if (state == State.Start && !Begin(ref at, final)) break;
            if (strippedChannels && state == State.Thoughts && StartsFinal(at, final) is { } finds)
            {
                if (!finds) break;
                (at, state, trims, closed) = (at + StrippedFinal.Length, State.Answer, true, true);
                continue;
            }
            var mark = MarkReader.MayBegin(rest[at], before == '\n') ? MarkReader.At(rest.AsSpan(at), before, inCode && state == State.Answer, final) : default;
            if (mark.Kind == MarkKind.Partial) break;
            if (mark.Kind == MarkKind.None || !Take(mark))
            {
                Say(rest[at++]);
                continue;
            }
            LeftOut += mark.Length;
            at += mark.Length;
            before = rest[at - 1];
        }
        if (state == State.Ended) at = rest.Length;
        rest = rest[at..];
    }

    // A server that only strips the tokens of harmony leaves the channels' names glued to their texts.
    private bool Begin(ref int at, bool final)
    {
        var text = rest.AsSpan(at).TrimStart();
        if (!final && text.Length <= StrippedAnalysis.Length && StrippedAnalysis.AsSpan().StartsWith(text)) return false;
        state = State.Answer;
        if (text.Length > StrippedAnalysis.Length && text.StartsWith(StrippedAnalysis) && char.IsUpper(text[StrippedAnalysis.Length]))
            (state, strippedChannels, sawOpening) = (State.Thoughts, true, true);
        return true;
    }

    // True where the final channel begins, false while it may, null where it does not.
    private bool? StartsFinal(int at, bool final)
    {
        var text = rest.AsSpan(at);
        return text.StartsWith(StrippedFinal) ? true : !final && StrippedFinal.AsSpan().StartsWith(text) ? false : null;
    }

    private void Say(char c)
    {
        before = c;
        switch (state)
        {
            case State.Answer:
                if (trims && char.IsWhiteSpace(c)) return;
                trims = false;
                inCode = c != '\n' && inCode ^ (c == '`');
                kept.Append(c);
                return;
            case State.RoleHeader or State.ChannelHeader when c == '\n' || header.Length >= LongestHeader:
                EndHeader();
                break;
            case State.RoleHeader or State.ChannelHeader:
                header.Append(c);
                break;
        }
        LeftOut++;
    }

    // False where the mark is the answer's own text.
    private bool Take(Mark mark)
    {
        if (state is State.RoleHeader or State.ChannelHeader && mark.Kind is not MarkKind.Drop) EndHeader();
        switch (mark.Kind)
        {
            case MarkKind.EndOfTurn when mark.Role == "s" && struck: return struck = false;
            case MarkKind.EndOfTurn when state == State.Hidden: break;
            case MarkKind.EndOfTurn or MarkKind.BeginOrStrike or MarkKind.Drop when state == State.Answer && !HasText: trims = true; break;
            case MarkKind.BeginOrStrike:
                struck = state == State.Answer;
                return false;
            case MarkKind.EndOfTurn when state == State.Thoughts && inChannel: state = State.Hidden; break;
            case MarkKind.EndOfTurn: state = State.Ended; break;
            case MarkKind.Role when mark.Role.Length > 0: Turn(mark.Role); break;
            case MarkKind.Role: BeginHeader(State.RoleHeader); break;
            case MarkKind.Channel: BeginHeader(State.ChannelHeader); break;
            case MarkKind.ThoughtsBegin when state is State.Answer or State.Hidden: Think(channel: false); break;
            case MarkKind.ThoughtsEnd: EndThoughts(); break;
            case MarkKind.ToolBegin when state is State.Answer or State.Hidden: state = State.Tool; break;
            case MarkKind.ToolEnd when state == State.Tool: Answer(); break;
            case MarkKind.AnswerBegin when state is State.Thoughts or State.Hidden: (wrapped, closed) = (true, true); Answer(); break;
            case MarkKind.AnswerBegin when state == State.Answer && !HasText: wrapped = trims = true; break;
            case MarkKind.AnswerBegin or MarkKind.AnswerEnd when state == State.Answer && !wrapped: return false;
        }
        return true;
    }

    private void BeginHeader(State kind)
    {
        (headerOf, state) = (kind, kind);
        header.Clear();
    }

    private void EndHeader()
    {
        var name = header.ToString().Trim().ToLowerInvariant();
        header.Clear();
        if (headerOf == State.RoleHeader)
            Turn(name);
        else if (!name.StartsWith("final", StringComparison.Ordinal))
            Think(channel: true);
        else if (HasText)
            state = State.Ended;
        else
            Answer();
    }

    // The model's own turn may be announced once; after an answer, whoever speaks next is made up.
    private void Turn(string role)
    {
        if (HasText) state = State.Ended;
        else if (TokenNames.IsAssistant(role)) Answer();
        else state = State.Hidden;
    }

    private void Think(bool channel)
    {
        (state, inChannel, sawOpening) = (State.Thoughts, channel, sawOpening || !HasText);
    }

    private void Answer() => (state, trims) = (State.Answer, !HasText || trims);

    private void EndThoughts()
    {
        // A second closing mark has nothing to close; it is a slip of the model.
        if (state == State.Thoughts || state == State.Hidden)
            Answer();
        else if (state == State.Answer && !closed && !sawOpening)
        {
            LoneClose = true;
            TookBack |= shown > 0;
            Forget();
            Answer();
        }
        closed = true;
    }

    private void Forget()
    {
        LeftOut += kept.Length;
        kept.Clear();
        (shown, inCode) = (0, false);
    }

    private string Release(bool final)
    {
        if (!final && ((holds && !closed && !sawOpening) || LooksLikeCall())) return "";
        var end = kept.Length;
        // Half an emoji waits for the other half, and white space for what is behind it: nothing, when the turn ends there.
        if (!final || state == State.Ended) while (end > shown && char.IsWhiteSpace(kept[end - 1])) end--;
        if (end > shown && char.IsHighSurrogate(kept[end - 1]) && !final) end--;
        var text = kept.ToString(shown, end - shown);
        shown = end;
        return final ? Whole(text) : text;
    }

    // A text that begins like JSON may be a call of a tool as a whole, which only its end shows.
    private bool LooksLikeCall()
    {
        if (shown > 0 || kept.Length == 0) return false;
        var text = kept.ToString().AsSpan().TrimStart();
        return text is ['{', ..] or ['[', ..] || text.StartsWith("```") || "```".AsSpan().StartsWith(text);
    }

    private static string Whole(string text) => text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    [GeneratedRegex("""^\s*(?:```(?:tool_code|tool_call|tool_calls)\b|(?:```\w*\s*)?\[?\s*\{\s*"(?:name|function|tool|tool_name|type|action|recipient_name|id|tool_calls)"\s*:[\s\S]{0,400}"(?:arguments|parameters|args|action_input|tool_input|input)"\s*:)""",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, RegexLimit.Milliseconds)]
    private static partial Regex IsToolCall();
}
