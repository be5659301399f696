using System.Text;

namespace Tutor.Tests.Shared.Models;

/// <summary>Writes GGUF files of version 3, as described at https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.</summary>
public sealed class GgufWriter
{
    private const int Alignment = 32;

    private readonly List<(string Key, object Value)> metadata = [];
    private readonly List<(string Name, long[] Shape, TensorType Type, Action<Stream> Data)> tensors = [];

    /// <summary>A text, a number (int, float), a bool, or an array of texts or ints.</summary>
    public GgufWriter Set(string key, object value)
    {
        metadata.RemoveAll(entry => entry.Key == key);
        metadata.Add((key, value));
        return this;
    }

    public GgufWriter Remove(string key)
    {
        metadata.RemoveAll(entry => entry.Key == key);
        tensors.RemoveAll(tensor => tensor.Name == key);
        return this;
    }

    public IReadOnlyList<string> Keys => [.. metadata.Select(entry => entry.Key)];

    public object this[string key] => metadata.First(entry => entry.Key == key).Value;

    /// <param name="shape">Innermost dimension first.</param>
    public void Add(string name, TensorType type, Action<Stream> data, params long[] shape) => tensors.Add((name, shape, type, data));

    public void Add(string name, float[] values, params long[] shape) =>
        Add(name, TensorType.F32, file => file.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan())), shape);

    public string Write(string path)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 20);
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        writer.Write("GGUF"u8);
        writer.Write(3);
        writer.Write((long)tensors.Count);
        writer.Write((long)metadata.Count);
        foreach (var (key, value) in metadata)
        {
            WriteText(writer, key);
            WriteValue(writer, value);
        }
        var offset = 0L;
        foreach (var (name, shape, type, _) in tensors)
        {
            WriteText(writer, name);
            writer.Write(shape.Length);
            foreach (var dimension in shape) writer.Write(dimension);
            writer.Write((int)type);
            writer.Write(offset);
            offset = Aligned(offset + Bytes(type, shape));
        }
        Pad(writer);
        foreach (var tensor in tensors)
        {
            writer.Flush();
            tensor.Data(file);
            Pad(writer);
        }
        return path;
    }

    public static long Bytes(TensorType type, long[] shape)
    {
        var count = shape.Aggregate(1L, (product, dimension) => product * dimension);
        return type == TensorType.Q8 ? count / 32 * 34 : count * 4;
    }

    private static long Aligned(long position) => (position + Alignment - 1) / Alignment * Alignment;

    private static void Pad(BinaryWriter writer)
    {
        writer.Flush();
        var position = writer.BaseStream.Position;
        writer.Write(new byte[Aligned(position) - position]);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }

    private static void WriteValue(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case int number:
                writer.Write(4);
                writer.Write(number);
                break;
            case float number:
                writer.Write(6);
                writer.Write(number);
                break;
            case bool flag:
                writer.Write(7);
                writer.Write(flag);
                break;
            case string text:
                writer.Write(8);
                WriteText(writer, text);
                break;
            case string[] texts:
                writer.Write(9);
                writer.Write(8);
                writer.Write((long)texts.Length);
                foreach (var text in texts) WriteText(writer, text);
                break;
            case int[] numbers:
                writer.Write(9);
                writer.Write(5);
                writer.Write((long)numbers.Length);
                foreach (var number in numbers) writer.Write(number);
                break;
            default:
                throw new ArgumentException($"GGUF metadata of type {value.GetType()} is not written here.", nameof(value));
        }
    }
}

/// <summary>Formats of weights, by ggml's numbers.</summary>
public enum TensorType
{
    F32 = 0,

    /// <summary>Blocks of 32 bytes with one 16 bit scale (ggml's Q8_0).</summary>
    Q8 = 8,
}
