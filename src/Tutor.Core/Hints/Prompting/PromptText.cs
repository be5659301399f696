using System.Text;
using Tutor.Core.Interactions;

namespace Tutor.Core.Hints.Prompting;

/// <summary>A text that somebody else wrote, as it may stand in a prompt: what a reader cannot see is named, what a tokenizer would obey is broken up.</summary>
/// <remarks>Every letter stays as it was given, with its joiners and accents: a model that reads other words than the student wrote speaks of other words.</remarks>
internal static class PromptText
{
    public static string Of(string text) => ControlTokens.Neutralise(Named(TextLines.Plain(text)));

    private static string Named(string text)
    {
        var runs = HiddenRuns.In(text);
        if (runs.Count == 0) return text;

        var named = new StringBuilder(text.Length);
        var at = 0;
        foreach (var (start, length) in runs)
        {
            named.Append(text, at, start - at).Append(HiddenRuns.Name(text.AsSpan(start, length)));
            at = start + length;
        }

        return named.Append(text, at, text.Length - at).ToString();
    }
}
