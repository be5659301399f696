using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LLama;
using LLama.Exceptions;

namespace Tutor.Inference.ChatTemplates;

/// <summary>The template of a family that Tutor does not know and llama.cpp does: its code writes the markup.</summary>
/// <remarks>
/// It is given marks in place of what people wrote, which become ordinary text only afterwards: so it never sees a student's text, and
/// cannot make control text of it. The native libraries must be loaded.
/// </remarks>
internal sealed partial record LibraryTemplate : ChatTemplate
{
    private readonly string source;

    private LibraryTemplate(string source) => this.source = source;

    private bool Trims { get; init; }

    /// <returns>Null where llama.cpp does not know the template either, or would leave out what someone wrote.</returns>
    public static LibraryTemplate? Read(string source, ThinkingFrame? thinking)
    {
        var template = new LibraryTemplate(source) { Name = "by llama.cpp", Thinking = thinking };
        try
        {
            ChatSide[] talk = [ChatSide.System, ChatSide.User, ChatSide.Assistant, ChatSide.User];
            var places = Mark().Matches(template.Markup(talk)).Select(Turn);
            if (!places.SequenceEqual(Enumerable.Range(0, talk.Length))) return null;
            return template with { Trims = !template.Markup([ChatSide.User], around: " ").Contains($" {MarkOf(0)} ", StringComparison.Ordinal) };
        }
        catch (MissingTemplateException)
        {
            return null;
        }
    }

    private protected override void Write(PromptWriter prompt, IReadOnlyList<ChatTurn> turns, bool continueLast)
    {
        var whole = continueLast ? [.. turns.SkipLast(1)] : turns;
        var markup = Markup([.. whole.Select(turn => turn.Side)]);
        var at = 0;
        foreach (Match mark in Mark().Matches(markup))
        {
            prompt.Control(markup[at..mark.Index]);
            var turn = whole[Turn(mark)];
            var text = turn.Side == ChatSide.Assistant ? ThinkingFrame.Without(turn.Text) : turn.Text;
            prompt.Ordinary(Trims ? text.Trim() : text);
            at = mark.Index + mark.Length;
        }
        prompt.Control(markup[at..]);
        if (!continueLast) return;
        if (Thinking is not null) prompt.Control(Thinking.Off);
        prompt.Ordinary(turns[^1].Text);
    }

    // The conversation with a mark for each turn's text and the head of the next answer.
    private string Markup(ChatSide[] sides, string around = "")
    {
        var template = new LLamaTemplate(source) { AddAssistant = true };
        for (var i = 0; i < sides.Length; i++) template.Add(sides[i] switch { ChatSide.System => "system", ChatSide.User => "user", _ => "assistant" }, $"{around}{MarkOf(i)}{around}");
        return Encoding.UTF8.GetString(template.Apply());
    }

    // Characters for private use, which no template has.
    private static string MarkOf(int turn) => $"\uE000{turn}\uE001";

    private static int Turn(Match mark) => int.Parse(mark.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("\uE000([0-9]+)\uE001")]
    private static partial Regex Mark();
}
