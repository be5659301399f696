using System.Text.RegularExpressions;

namespace Tutor.Tests.Shared.Models;

/// <summary>A real model file whose greedy answers are known, so that tests can assert on text.</summary>
/// <remarks>
/// Embeddings are one-hot, and the output matrix is a table of successors: after each word of a script comes the next. Attention has
/// zero queries and keys, so it averages over the context; its values carry topic words to the choice of the first word after a line
/// break, which is where a ChatML prompt ends. So the most frequent topic in the prompt decides which answer is given. The adapter
/// raises one first word above all others.
/// </remarks>
public sealed partial class ScriptedModel
{
    private const int HeadSize = 64;

    // The topic's pull falls with the length of the context; so small a lead of the default lets one mention in 10,000 tokens win.
    private const float DefaultLead = 1.00005f;
    private const float TopicPull = 0.5f;

    public const string DefaultAnswer = "Please tell me what you tried.";
    public const string LoopsAnswer = "Look at your counter before the exit test!";
    public const string RecursionAnswer = "Find a base case first✓ café?";
    public const string AdapterAnswer = "{\"score\": 7, \"why\": \"ok\"}";

    private readonly ByteVocabulary vocabulary = new();
    private readonly Dictionary<int, int> successors = [];
    private readonly List<int> firsts = [];
    private readonly List<int> topics = [];
    private readonly int lineBreak;
    private readonly int known;

    private ScriptedModel(string standard, IReadOnlyList<(string Topic, string Answer)> scripts, string adapterAnswer, int vocabularySize)
    {
        lineBreak = vocabulary.Word("\n");
        // Words with a space in front first: their merges then win over those that begin inside them.
        topics.AddRange(scripts.Select(script => vocabulary.Word(" " + script.Topic)));
        string[] answers = [standard, .. scripts.Select(script => script.Answer), adapterAnswer];
        foreach (var word in answers.SelectMany(Words).OrderByDescending(word => word[0] == ' ')) vocabulary.Word(word);
        foreach (var answer in answers) firsts.Add(Chain(answer));
        known = vocabulary.Count;
        vocabulary.FillTo(vocabularySize);
    }

    /// <summary>The script of the constants above; the topics are "loops" and "recursion", as words with a space in front.</summary>
    public static void Write(string modelPath, string adapterPath) =>
        Write(modelPath, adapterPath, DefaultAnswer, [("loops", LoopsAnswer), ("recursion", RecursionAnswer)], AdapterAnswer);

    /// <param name="scripts">Answers by topic word.</param>
    /// <param name="adapterAnswer">What the model says with the adapter, whatever the topic.</param>
    /// <param name="vocabularySize">At least so many tokens, most of which are never used: each costs time for every token generated, and none for the prompt.</param>
    public static void Write(
        string modelPath, string adapterPath, string standard, IReadOnlyList<(string Topic, string Answer)> scripts, string adapterAnswer, int vocabularySize = 0)
    {
        var model = new ScriptedModel(standard, scripts, adapterAnswer, vocabularySize);
        var width = (model.known + model.topics.Count + HeadSize - 1) / HeadSize * HeadSize;
        model.Compose(width).Write(modelPath);
        model.Adapter(width).Write(adapterPath);
    }

    // Links the words of an answer and returns the first. A word that already has another successor is made longer until it is one of its own.
    private int Chain(string answer)
    {
        var words = Words(answer).ToList();
        var ids = new List<int>();
        var lastWords = new List<int>();
        for (var i = 0; i < words.Count; i++)
        {
            var text = words[i];
            var id = vocabulary.Word(text);
            while (id == lineBreak || successors.ContainsKey(id) || ids.Contains(id))
            {
                if (i + 1 == words.Count) throw new ArgumentException($"The script \"{answer}\" ends like another one; change its last words.");
                text += words[++i];
                id = vocabulary.Unmergeable(text);
            }
            ids.Add(id);
            lastWords.Add(vocabulary.Word(words[i]));
        }
        // An answer that is continued from its text ends with the last word of such a longer token, which then needs the same successor.
        foreach (var (word, next) in lastWords.Zip(ids.Skip(1)))
            if (word != lineBreak && !ids.Contains(word)) successors.TryAdd(word, next);
        foreach (var (id, next) in ids.Zip(ids.Skip(1))) successors[id] = next;
        // The end token's number is not known until the vocabulary is complete.
        successors[ids[^1]] = -1;
        return ids[0];
    }

    private GgufWriter Compose(int width)
    {
        var size = vocabulary.Count;
        var file = new GgufWriter();
        file.Set("general.architecture", "llama").Set("general.name", "tutor-scripted").Set("llama.context_length", 16_384)
            .Set("llama.embedding_length", width).Set("llama.block_count", 1).Set("llama.feed_forward_length", HeadSize)
            .Set("llama.attention.head_count", width / HeadSize).Set("llama.attention.head_count_kv", width / HeadSize)
            .Set("llama.rope.freq_base", 10_000f).Set("llama.attention.layer_norm_rms_epsilon", 1e-6f);
        vocabulary.WriteTo(file);

        var embedding = new float[width * size];
        for (var token = 0; token < known; token++) embedding[(token * width) + token] = 1;
        var output = new float[width * size];
        foreach (var (token, next) in successors) output[((next < 0 ? vocabulary.Special(ByteVocabulary.TurnEnd) : next) * width) + token] = 1;
        var (values, result) = (new float[width * width], new float[width * width]);
        output[(firsts[0] * width) + lineBreak] = DefaultLead;
        for (var topic = 0; topic < topics.Count; topic++)
        {
            output[(firsts[topic + 1] * width) + lineBreak] = 1;
            output[(firsts[topic + 1] * width) + known + topic] = 1;
            values[(topic * width) + topics[topic]] = 1;
            result[((known + topic) * width) + topic] = TopicPull / MathF.Sqrt(width);
        }
        float[] ones = [.. Enumerable.Repeat(1f, width)];
        file.Add("token_embd.weight", embedding, width, size);
        file.Add("output_norm.weight", ones, width);
        file.Add("output.weight", output, width, size);
        file.Add("blk.0.attn_norm.weight", ones, width);
        file.Add("blk.0.attn_q.weight", new float[width * width], width, width);
        file.Add("blk.0.attn_k.weight", new float[width * width], width, width);
        file.Add("blk.0.attn_v.weight", values, width, width);
        file.Add("blk.0.attn_output.weight", result, width, width);
        file.Add("blk.0.ffn_norm.weight", ones, width);
        file.Add("blk.0.ffn_gate.weight", new float[width * HeadSize], width, HeadSize);
        file.Add("blk.0.ffn_up.weight", new float[width * HeadSize], width, HeadSize);
        file.Add("blk.0.ffn_down.weight", new float[width * HeadSize], HeadSize, width);
        return file;
    }

    private GgufWriter Adapter(int width)
    {
        var file = new GgufWriter();
        file.Set("general.architecture", "llama").Set("general.type", "adapter").Set("adapter.type", "lora").Set("adapter.lora.alpha", 1f).Set("general.name", "tutor-scripted-adapter");
        var (into, outOf) = (new float[width], new float[vocabulary.Count]);
        into[lineBreak] = 1;
        outOf[firsts[^1]] = 2;
        file.Add("output.weight.lora_a", into, width, 1);
        file.Add("output.weight.lora_b", outOf, 1, vocabulary.Count);
        return file;
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    // As the tokenizer splits a text before it merges.
    [GeneratedRegex(@" ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s")]
    private static partial Regex Word();
}
