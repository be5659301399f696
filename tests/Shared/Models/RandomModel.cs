using System.Runtime.InteropServices;

namespace Tutor.Tests.Shared.Models;

/// <summary>Models with random weights in the shapes of real ones. They say nothing sensible, and always the same for the same seed.</summary>
public static class RandomModel
{
    /// <summary>A million parameters of 32 bit, for comparing outputs exactly.</summary>
    public static string WriteTiny(string path, int seed = 1)
    {
        var shape = new Shape(Width: 128, Layers: 4, Heads: 4, KvHeads: 2, FeedForward: 384, Context: 4096);
        var vocabulary = new ByteVocabulary();
        vocabulary.FillTo(1024);
        return Compose("tutor-tiny", shape, vocabulary, new Random(seed), TensorType.F32, tied: false, weight: 0.15f, embedding: 0.5f).Write(path);
    }

    /// <summary>The shapes and the size of Qwen2.5 0.5B at 8 bits, for measuring speed.</summary>
    public static string WriteHalfBillion(string path)
    {
        var shape = new Shape(Width: 896, Layers: 24, Heads: 14, KvHeads: 2, FeedForward: 4864, Context: 32768);
        var vocabulary = new ByteVocabulary();
        vocabulary.FillTo(151_936, extraSpecials: 290);
        return Compose("tutor-half-billion", shape, vocabulary, new Random(2), TensorType.Q8, tied: true, weight: 0.03f, embedding: 0.03f).Write(path);
    }

    /// <summary>The smallest model that loads, to be spoilt by a test.</summary>
    public static GgufWriter Smallest()
    {
        var vocabulary = new ByteVocabulary();
        return Compose("tutor-smallest", new Shape(Width: 64, Layers: 1, Heads: 2, KvHeads: 1, FeedForward: 64, Context: 512), vocabulary, new Random(3), TensorType.F32, tied: false, weight: 0.1f, embedding: 0.1f);
    }

    private sealed record Shape(int Width, int Layers, int Heads, int KvHeads, int FeedForward, int Context);

    private static GgufWriter Compose(string name, Shape shape, ByteVocabulary vocabulary, Random random, TensorType type, bool tied, float weight, float embedding)
    {
        var file = new GgufWriter();
        file.Set("general.architecture", "qwen2").Set("general.name", name).Set("qwen2.context_length", shape.Context)
            .Set("qwen2.embedding_length", shape.Width).Set("qwen2.block_count", shape.Layers).Set("qwen2.feed_forward_length", shape.FeedForward)
            .Set("qwen2.attention.head_count", shape.Heads).Set("qwen2.attention.head_count_kv", shape.KvHeads)
            .Set("qwen2.rope.freq_base", 1_000_000f).Set("qwen2.attention.layer_norm_rms_epsilon", 1e-6f);
        vocabulary.WriteTo(file);

        void Matrix(string tensor, float scale, long inner, long outer) => file.Add(tensor, type, Fill(random, type, scale, inner * outer), inner, outer);
        void Ones(string tensor) => file.Add(tensor, [.. Enumerable.Repeat(1f, shape.Width)], shape.Width);
        void Bias(string tensor, long length) => file.Add(tensor, TensorType.F32, Fill(random, TensorType.F32, weight, length), length);

        var kv = shape.Width / shape.Heads * shape.KvHeads;
        Matrix("token_embd.weight", embedding, shape.Width, vocabulary.Count);
        Ones("output_norm.weight");
        if (!tied) Matrix("output.weight", weight, shape.Width, vocabulary.Count);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var block = $"blk.{layer}.";
            Ones(block + "attn_norm.weight");
            foreach (var (part, size) in (ReadOnlySpan<(string, int)>)[("attn_q", shape.Width), ("attn_k", kv), ("attn_v", kv)])
            {
                Matrix($"{block}{part}.weight", weight, shape.Width, size);
                Bias($"{block}{part}.bias", size);
            }
            Matrix(block + "attn_output.weight", weight, shape.Width, shape.Width);
            Ones(block + "ffn_norm.weight");
            Matrix(block + "ffn_gate.weight", weight, shape.Width, shape.FeedForward);
            Matrix(block + "ffn_up.weight", weight, shape.Width, shape.FeedForward);
            Matrix(block + "ffn_down.weight", weight, shape.FeedForward, shape.Width);
        }
        return file;
    }

    private static Action<Stream> Fill(Random random, TensorType type, float scale, long count) => file =>
    {
        if (type == TensorType.F32)
        {
            var values = new float[count];
            // A sum of uniform numbers is near enough to a normal distribution.
            for (var i = 0; i < values.Length; i++) values[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2 * scale;
            file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
            return;
        }
        // Random bytes are spread evenly over -128..127, of standard deviation 73.9.
        var blockScale = BitConverter.HalfToUInt16Bits((Half)(scale / 73.9f));
        var chunk = new byte[34 * 4096];
        for (var left = count / 32 * 34; left > 0; left -= chunk.Length)
        {
            random.NextBytes(chunk);
            for (var at = 0; at < chunk.Length; at += 34) BitConverter.TryWriteBytes(chunk.AsSpan(at), blockScale);
            file.Write(chunk, 0, (int)Math.Min(chunk.Length, left));
        }
    };
}
