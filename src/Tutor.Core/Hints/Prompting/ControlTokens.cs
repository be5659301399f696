using System.Text;
using System.Text.RegularExpressions;
using Tutor.Core.Interactions;

namespace Tutor.Core.Hints.Prompting;

/// <summary>Breaks up what a model's tokenizer would read as its own control tokens, in text that others wrote.</summary>
/// <remarks>
/// A space is put in and nothing is taken out, so that breaking one token never makes another, and code stays readable. Covered are
/// the shapes of the open model families: <c>&lt;|im_start|&gt;</c>, <c>[INST]</c>, <c>&lt;&lt;SYS&gt;&gt;</c>, <c>&lt;start_of_turn&gt;</c>,
/// <c>&lt;s&gt;</c>, <c>&lt;think&gt;</c> and DeepSeek's full-width bars.
/// </remarks>
public static partial class ControlTokens
{
    /// <remarks>Looked for in what can be seen: a joiner inside makes a token look whole to people, and some tokenizers drop it.</remarks>
    public static string Neutralise(string text)
    {
        var visible = VisibleText.Of(text);
        var broken = new StringBuilder(text.Length);
        var at = 0;
        foreach (var token in Token().EnumerateMatches(visible.Text))
        {
            var second = visible.InOriginal(token.Index, 1).Start + 1;
            broken.Append(text, at, second - at).Append(' ');
            at = second;
        }

        return at == 0 ? text : broken.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Whether the text holds a control token.</summary>
    public static bool IsIn(string text) => Token().IsMatch(text);

    // Each alternative is looked at from its first character on; the second character may itself begin a token, hence the lookaheads.
    [GeneratedRegex(
        @"<(?=[|｜])|[|｜](?=>)|<(?=</?SYS>>)"
        + @"|<(?=/?(?:s|bos|eos|pad|unk|mask|think|thinking|reasoning|tool_calls?|tool_responses?|tools|function_calls?|assistant|system|user|im_start|im_end|endoftext"
        + @"|(?:start|end)_of_(?:turn|image|text|header)|begin_of_text|(?:start|end)_header_id|eot_id|unused\d{1,4}|reserved_\w{1,40})\s*>)"
        + @"|\[(?=/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|AVAILABLE_TOOLS|TOOL_RESULTS|IMG|PREFIX|SUFFIX|MIDDLE)\])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Token();
}
