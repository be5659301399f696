using System.Text.RegularExpressions;
using Tutor.Core;

namespace Tutor.Inference.Hosts.Replies;

/// <summary>What the control tokens and tags of the open model families mean, by their names.</summary>
/// <remarks>
/// Tokens with bars, such as <c>&lt;|im_end|&gt;</c> and DeepSeek's <c>&lt;｜end▁of▁sentence｜&gt;</c>, are all control: one that is not known is
/// left out. Tags without bars are control only by the names in these lists, since a hint may show other markup.
/// </remarks>
internal static partial class TokenNames
{
    private static readonly HashSet<string> thoughts =
        ["think", "thinking", "thought", "thoughts", "reasoning", "reflection", "scratchpad", "analysis", "inner_monologue", "internal_monologue", "chain_of_thought", "cot", "unused94"];

    private static readonly HashSet<string> tools =
    [
        "tool_call", "tool_calls", "toolcall", "toolcalls", "tool_code", "tool_use", "use_tool", "tool_response", "tool_responses", "tool_output", "tool_outputs", "tool_result",
        "tool_results", "tools", "function", "function_call", "function_calls", "function_response", "function_result", "function_results", "invoke",
    ];

    private static readonly HashSet<string> answers = ["answer", "final", "final_answer", "response"];
    private static readonly HashSet<string> assistants = ["assistant", "model", "bot", "chatbot", "gpt", "ai"];
    private static readonly HashSet<string> others = ["user", "human", "system", "developer", "tool", "ipython", "observation", "function", "environment", "context"];

    public static bool IsAssistant(string role) => assistants.Contains(role);

    /// <param name="left">Whether a bar stands at the left, and at the right.</param>
    public static MarkKind OfToken(string name, bool left, bool right, out string role)
    {
        role = "";
        var closes = name.StartsWith('/');
        var plain = name.TrimStart('/').ToLowerInvariant().Replace('▁', '_');
        if (plain.EndsWith("_token", StringComparison.Ordinal)) plain = plain[..^"_token".Length];
        // Kimi names the role in the token and again behind it.
        if (plain.StartsWith("im_", StringComparison.Ordinal) && (others.Contains(plain[3..]) || assistants.Contains(plain[3..]))) return MarkKind.Role;
        var ends = closes || End().IsMatch(plain) || (right && !left);
        if (plain.Contains("think", StringComparison.Ordinal) || plain.Contains("thought", StringComparison.Ordinal))
            return ends ? MarkKind.ThoughtsEnd : MarkKind.ThoughtsBegin;
        if (plain == "channel") return ends ? MarkKind.ThoughtsEnd : MarkKind.Channel;
        if (plain is "message" or "end_header_id" or "header_end" or "im_sep" or "im_middle" or "content") return MarkKind.Message;
        if (others.Contains(plain) || assistants.Contains(plain))
        {
            role = plain;
            return ends ? MarkKind.EndOfTurn : MarkKind.Role;
        }
        if (plain is "call" or "return") return MarkKind.EndOfTurn;
        if (Tool().IsMatch(plain)) return ends ? MarkKind.ToolEnd : MarkKind.ToolBegin;
        if (plain.Contains("solution", StringComparison.Ordinal) || plain.Contains("response", StringComparison.Ordinal) || plain.Contains("answer", StringComparison.Ordinal))
            return ends ? MarkKind.AnswerEnd : MarkKind.AnswerBegin;
        if (plain is "im_start" or "start" or "start_header_id" or "header_start" or "role_start" or "turn" or "start_of_turn" or "start_of_role")
            return ends ? MarkKind.EndOfTurn : MarkKind.Role;
        if (plain == "end_of_role") return MarkKind.Message;
        return ends || plain is "eot" or "eos" or "eom" or "eod" or "stop" ? MarkKind.EndOfTurn : MarkKind.Drop;
    }

    public static MarkKind OfTag(string name, out string role)
    {
        role = "";
        var closes = name.StartsWith('/');
        var plain = name.TrimStart('/').ToLowerInvariant();
        // A vendor's prefix, as in "seed:think".
        plain = plain[(plain.LastIndexOf(':') + 1)..];
        if (plain is "unused95") return MarkKind.ThoughtsEnd;
        if (thoughts.Contains(plain)) return closes ? MarkKind.ThoughtsEnd : MarkKind.ThoughtsBegin;
        if (tools.Contains(plain) || plain.StartsWith("function=", StringComparison.Ordinal)) return closes ? MarkKind.ToolEnd : MarkKind.ToolBegin;
        if (answers.Contains(plain)) return closes ? MarkKind.AnswerEnd : MarkKind.AnswerBegin;
        if (!closes && plain is "start_of_turn" or "im_start" or "start_header_id") return MarkKind.Role;
        if (plain is "end_header_id") return MarkKind.Message;
        if (plain is "end_of_turn" or "im_end" or "eot_id" or "eot" or "eos" or "eod" or "eom" or "end_of_text" or "endoftext" or "end_of_utterance") return MarkKind.EndOfTurn;
        if (plain == "s")
        {
            role = "s";
            return closes ? MarkKind.EndOfTurn : MarkKind.BeginOrStrike;
        }
        return plain is "bos" or "pad" or "unk" or "start_of_text" or "begin_of_text" || Unused().IsMatch(plain) ? MarkKind.Drop : MarkKind.None;
    }

    [GeneratedRegex(@"(?:^|_)(?:end|endof\w*|eot|eos|eom)(?:_|$)|^end", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, RegexLimit.Milliseconds)]
    private static partial Regex End();

    [GeneratedRegex(@"tool|function|python_tag|action|plugin|interpreter", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, RegexLimit.Milliseconds)]
    private static partial Regex Tool();

    [GeneratedRegex(@"^(?:unused|reserved|extra_id|extra_token|special)[_-]?\d{1,5}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, RegexLimit.Milliseconds)]
    private static partial Regex Unused();
}
