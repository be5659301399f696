using System.Text;

namespace Tutor.Tests.Shared.Models;

/// <summary>A byte-level vocabulary as GPT-2's: all 256 bytes, and whole words that its merges build.</summary>
public sealed class ByteVocabulary
{
    public const string EndOfText = "<|endoftext|>";
    public const string TurnStart = "<|im_start|>";
    public const string TurnEnd = "<|im_end|>";

    /// <summary>The ChatML template that Qwen and others use.</summary>
    public const string ChatMl =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private const string Letters = "etaoinshrdlcumwfgypbvkjxqz";

    private static readonly string[] ByteNames = NameBytes();

    private readonly List<string> tokens = [.. ByteNames];
    private readonly Dictionary<string, int> ids;
    private readonly List<string> merges = [];
    private readonly List<string> specials = [EndOfText, TurnStart, TurnEnd];

    public ByteVocabulary() => ids = tokens.Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id, StringComparer.Ordinal);

    public int Count => tokens.Count + specials.Count;

    /// <summary>A token for a text, which the tokenizer finds in a prompt when no earlier word's merges get in its way.</summary>
    public int Word(string text)
    {
        var name = Named(text);
        if (ids.TryGetValue(name, out var known)) return known;
        var built = name[..1];
        foreach (var next in name.Skip(1))
        {
            if (Add(built + next)) merges.Add($"{built} {next}");
            built += next;
        }
        return ids[name];
    }

    /// <summary>A token for a text that no prompt is ever split into.</summary>
    public int Unmergeable(string text)
    {
        Add(Named(text));
        return ids[Named(text)];
    }

    public int Special(string name) => tokens.Count + specials.IndexOf(name);

    /// <summary>Adds short letter sequences until there are so many tokens, special ones included.</summary>
    public void FillTo(int count, int extraSpecials = 0)
    {
        specials.AddRange(Enumerable.Range(0, extraSpecials).Select(i => $"<|unused{i}|>"));
        var frontier = Letters.Select(letter => letter.ToString()).ToList();
        while (Count < count)
        {
            var next = new List<string>();
            foreach (var longer in frontier.SelectMany(word => Letters, (word, letter) => (word, letter)).TakeWhile(_ => Count < count))
            {
                if (Add(longer.word + longer.letter)) merges.Add($"{longer.word} {longer.letter}");
                next.Add(longer.word + longer.letter);
            }
            frontier = next;
        }
    }

    public void WriteTo(GgufWriter file)
    {
        file.Set("tokenizer.ggml.model", "gpt2").Set("tokenizer.ggml.pre", "qwen2")
            .Set("tokenizer.ggml.tokens", (string[])[.. tokens, .. specials])
            .Set("tokenizer.ggml.token_type", (int[])[.. Enumerable.Repeat(1, tokens.Count), .. Enumerable.Repeat(3, specials.Count)])
            .Set("tokenizer.ggml.merges", merges.ToArray())
            .Set("tokenizer.ggml.eos_token_id", Special(TurnEnd)).Set("tokenizer.ggml.padding_token_id", Special(EndOfText))
            .Set("tokenizer.ggml.add_bos_token", false).Set("tokenizer.chat_template", ChatMl);
    }

    private bool Add(string name)
    {
        if (!ids.TryAdd(name, tokens.Count)) return false;
        tokens.Add(name);
        return true;
    }

    private static string Named(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => ByteNames[value]));

    // GPT-2 writes bytes that are no printable characters as characters from U+0100 on.
    private static string[] NameBytes()
    {
        var next = 256;
        return [.. Enumerable.Range(0, 256).Select(value => (value is >= 33 and < 127 or >= 161 and < 173 or >= 174 ? (char)value : (char)next++).ToString())];
    }
}
