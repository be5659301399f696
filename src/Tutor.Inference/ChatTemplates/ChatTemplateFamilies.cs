using System.Text.RegularExpressions;
using Tutor.Core;

namespace Tutor.Inference.ChatTemplates;

/// <summary>Recognises the chat template of a model file, or takes the family a setting names.</summary>
/// <remarks>
/// What makes a family is the markup in its template: that is looked for. Within a family the template's text also tells the
/// variant: the spaces of Mistral's versions, the date in Llama 3's head, how thinking is switched. Checked against the templates
/// of released models; the tests hold the expected rendering of each family. Of a file of another family llama.cpp's own code, which
/// knows some fifty, writes the markup, if it can.
/// </remarks>
public static partial class ChatTemplateFamilies
{
    /// <summary>Names the setting takes.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["chatml", "llama3", "gemma", "gemma4", "mistral-v1", "mistral-v3", "mistral-v3-tekken", "mistral-v7", "mistral-v7-tekken", "phi3", "phi4", "phi4-mini", "deepseek-r1"];

    /// <param name="template">Text of the file's template; null where it has none.</param>
    /// <param name="bos">Text of the model's begin token, empty where it has none.</param>
    /// <param name="family">A name of <see cref="Names"/> to use whatever the file says; null or empty to recognise.</param>
    /// <exception cref="UnknownChatTemplateException">The family is unknown to llama.cpp too; the message names the setting that chooses one.</exception>
    public static ChatTemplate Choose(string? template, string bos, string? family = null)
    {
        // In the file a line break stands as two characters inside Jinja's quotes, or as itself.
        var text = (template ?? "").Replace("\\n", "\n", StringComparison.Ordinal);
        if (string.IsNullOrEmpty(family))
        {
            if (text.Length == 0) throw Unknown("The model file has no chat template.");
            family = Recognise(text);
            if (family is null && LibraryTemplate.Read(template!, Thinking(text)) is { } written) return written;
            if (family is null) throw Unknown($"The model file's chat template is of no family that Tutor or llama.cpp knows. It begins: \"{Start(text)}\".");
        }
        return Build(family, text, bos) ?? throw Unknown($"There is no chat template named \"{family}\".");
    }

    private static string? Recognise(string text) => text switch
    {
        _ when Has(text, "<|im_start|>") && Has(text, "<|im_sep|>") => "phi4",
        // Some templates write a head of their own into the system turn, which these models need and a frame cannot give.
        _ when Has(text, "<|im_start|>") => Has(text, "## Metadata") || Has(text, "function calling AI model") ? null : "chatml",
        _ when Has(text, "<|start_header_id|>") => Has(text, "recipient") || Has(text, "functions") && !Has(text, "date_string") ? null : "llama3",
        _ when Has(text, "<|turn>") && Has(text, "<turn|>") => "gemma4",
        _ when Has(text, "<start_of_turn>") => "gemma",
        _ when Has(text, "[SYSTEM_PROMPT]") => text.Contains("[SYSTEM_PROMPT] ", StringComparison.Ordinal) ? "mistral-v7" : "mistral-v7-tekken",
        _ when Has(text, "<<SYS>>") => null,
        _ when Has(text, " [/INST]") => "mistral-v1",
        _ when Has(text, "[INST] ") => "mistral-v3",
        _ when Has(text, "[INST]") => "mistral-v3-tekken",
        _ when Has(text, "<|assistant|>\n") && Has(text, "<|end|>\n") && !Has(text, "\n<|end|>") => "phi3",
        _ when Has(text, "<|assistant|>") && Has(text, "<|end|>") && !Has(text, "\n<|end|>") => "phi4-mini",
        // Later DeepSeek models share the marks but close an empty block of thoughts before every answer.
        _ when Has(text, "<｜Assistant｜>") && Has(text, "<｜User｜>'") && !Has(text, "not thinking") && !Has(text, "thinking_mode") && !Has(text, "<｜User｜>' + message['content'] + '<｜end") => "deepseek-r1",
        _ => null,
    };

    private static FamilyTemplate? Build(string family, string text, string bos)
    {
        var begin = Has(text, "bos_token") ? bos : "";
        return family switch
        {
            "chatml" => new()
            {
                Name = family, Begin = begin, DefaultSystem = ChatMlDefault().Match(text) is { Success: true } given ? given.Groups[1].Value : null,
                System = new("<|im_start|>system\n", "<|im_end|>\n"), User = new("<|im_start|>user\n", "<|im_end|>\n"),
                Assistant = new("<|im_start|>assistant\n", "<|im_end|>\n"), Thinking = Thinking(text), Trims = TrimmedContent().IsMatch(text),
            },
            "llama3" => new()
            {
                Name = family, Begin = bos, Trims = true, User = Header("user"), Assistant = Header("assistant"),
                // From 3.1 on the system turn is always there and begins with two dates.
                System = Header("system") is var system && Has(text, "Cutting Knowledge Date")
                    ? system with { Before = $"{system.Before}Cutting Knowledge Date: December 2023\nToday Date: {LlamaDate(text)}\n\n" }
                    : system,
                DefaultSystem = Has(text, "Cutting Knowledge Date") ? "" : null,
            },
            "gemma" => new()
            {
                Name = family, Begin = bos, Trims = true, SystemPlace = SystemPlace.FirstUserTurn,
                System = new("", ""), User = new("<start_of_turn>user\n", "<end_of_turn>\n"), Assistant = new("<start_of_turn>model\n", "<end_of_turn>\n"),
            },
            "gemma4" => new()
            {
                Name = family, Begin = bos, Trims = true, System = new("<|turn>system\n", "<turn|>\n"), User = new("<|turn>user\n", "<turn|>\n"),
                Assistant = new("<|turn>model\n", "<turn|>\n"),
                // Its thoughts are marked by control tokens, which never reach the text; so it is asked to answer without them.
                AnswerHead = Has(text, "<|channel>thought\n<channel|>") ? "<|channel>thought\n<channel|>" : "",
            },
            "mistral-v1" => Mistral(family, bos, Has(text, "\" [INST] ") ? " [INST] " : "[INST] ", " [/INST]", Has(text, "\" \" + message") ? " " : ""),
            "mistral-v3" => Mistral(family, bos, "[INST] ", "[/INST]", " ") with { SystemPlace = SystemPlace.LastUserTurn },
            "mistral-v3-tekken" => Mistral(family, bos, "[INST]", "[/INST]", "") with { SystemPlace = SystemPlace.LastUserTurn },
            "mistral-v7" => Mistral(family, bos, "[INST] ", "[/INST]", " ") with { SystemPlace = SystemPlace.OwnTurn, System = new("[SYSTEM_PROMPT] ", "[/SYSTEM_PROMPT]") },
            "mistral-v7-tekken" => Mistral(family, bos, "[INST]", "[/INST]", "") with { SystemPlace = SystemPlace.OwnTurn, System = new("[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]") },
            "phi3" => Marked(family, begin, "\n", "\n"),
            "phi4-mini" => Marked(family, begin, "", ""),
            "phi4" => new()
            {
                Name = family, Begin = begin, System = new("<|im_start|>system<|im_sep|>", "<|im_end|>"), User = new("<|im_start|>user<|im_sep|>", "<|im_end|>"),
                Assistant = new("<|im_start|>assistant<|im_sep|>", "<|im_end|>"), Thinking = Thinking(text),
            },
            "deepseek-r1" => new()
            {
                Name = family, Begin = bos, System = new("", ""), User = new("<｜User｜>", ""),
                Assistant = new("<｜Assistant｜>", "<｜end▁of▁sentence｜>"), Thinking = Thinking(text) ?? new("<think>\n", "<think>\n\n</think>\n\n"),
            },
            _ => null,
        };
    }

    private static TurnFrame Header(string role) => new($"<|start_header_id|>{role}<|end_header_id|>\n\n", "<|eot_id|>");

    private static FamilyTemplate Mistral(string family, string bos, string open, string close, string answer) => new()
    {
        Name = family, Begin = bos, SystemPlace = SystemPlace.FirstUserTurn,
        System = new("", ""), User = new(open, close), Assistant = new(answer, "</s>"),
    };

    private static FamilyTemplate Marked(string family, string begin, string head, string tail) => new()
    {
        Name = family, Begin = begin, System = new($"<|system|>{head}", $"<|end|>{tail}"), User = new($"<|user|>{head}", $"<|end|>{tail}"),
        Assistant = new($"<|assistant|>{head}", $"<|end|>{tail}"),
    };

    // The end of the template says how a prompt opens or closes the block; a template that only mentions thoughts leaves them to the model.
    private static ThinkingFrame? Thinking(string text)
    {
        if (!Has(text, ThinkingFrame.Close)) return null;
        var end = text[Math.Max(0, text.LastIndexOf("add_generation_prompt", StringComparison.Ordinal))..];
        var on = OpenBlock().Match(end);
        var off = ClosedBlock().Match(end);
        return new(on.Value, off.Success ? off.Value : on.Success ? "<think>\n\n</think>\n\n" : "");
    }

    // Where the template would ask for today's date, its own fixed one is used: the same prompt must have the same first tokens tomorrow.
    private static string LlamaDate(string text) => DateText().Match(text) is { Success: true } date ? date.Groups[1].Value : "26 Jul 2024";

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    private static string Start(string text) => TextLines.OnOneLine(text) is var line && line.Length > 80 ? line[..80] + "…" : line;

    private static UnknownChatTemplateException Unknown(string what) => new(
        $"{what} Set Model:Template to the family whose markup the model was trained on, one of: {string.Join(", ", Names)}.");

    [GeneratedRegex(@"<\|im_start\|>system\n([^<{}'""]+)<\|im_end\|>")]
    private static partial Regex ChatMlDefault();

    [GeneratedRegex(@"set content = [^%}]*\|\s*trim")]
    private static partial Regex TrimmedContent();

    [GeneratedRegex("date_string = \"([^\"]+)\"")]
    private static partial Regex DateText();

    [GeneratedRegex(@"<think>\n?(?!\s*</think>)")]
    private static partial Regex OpenBlock();

    [GeneratedRegex(@"<think>\s*</think>\s*")]
    private static partial Regex ClosedBlock();
}
