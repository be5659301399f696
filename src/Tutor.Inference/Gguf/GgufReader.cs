using System.Buffers.Binary;
using System.Text;

namespace Tutor.Inference.Gguf;

/// <summary>Reads a header from a file that may be cut short, damaged or hostile: every length is checked against what is left.</summary>
internal sealed class GgufReader(string path, Stream file)
{
    private const int DefaultAlignment = 32;
    private const int LongestName = 63;
    private const int MostDimensions = 4;

    private readonly byte[] scratch = new byte[8];
    private readonly long length = file.Length;

    private enum ValueType
    {
        UInt8, Int8, UInt16, Int16, UInt32, Int32, Float32, Bool, String, Array, UInt64, Int64, Float64,
    }

    public GgufFile Read()
    {
        if (length < 24 || !Take(4).SequenceEqual("GGUF"u8)) throw Wrong("it is not a GGUF file.");
        var version = (int)UInt32();
        if (version is not (2 or 3)) throw Wrong($"it is GGUF version {version}; this engine reads versions 2 and 3.");
        var tensors = Count(minimumSize: 24, "tensors");
        var keys = Count(minimumSize: 13, "metadata entries");

        var metadata = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var i = 0; i < keys; i++)
        {
            var key = String();
            if (key.Length == 0) throw Wrong("a metadata key is empty.");
            if (!metadata.TryAdd(key, Value((ValueType)UInt32(), inArray: false))) throw Wrong($"the metadata key {key} occurs twice.");
        }
        var list = new GgufTensor[tensors];
        for (var i = 0; i < tensors; i++) list[i] = Tensor();

        var alignment = metadata.GetValueOrDefault("general.alignment") is long given ? given : DefaultAlignment;
        if (alignment is <= 0 or > 1 << 20 || (alignment & (alignment - 1)) != 0) throw Wrong($"general.alignment is {alignment}, which is no power of two.");
        return new GgufFile { Metadata = metadata, Tensors = list, DataOffset = (file.Position + alignment - 1) / alignment * alignment, Length = length };
    }

    private GgufTensor Tensor()
    {
        var name = String();
        if (Encoding.UTF8.GetByteCount(name) is 0 or > LongestName) throw Wrong($"the tensor name \"{name}\" is empty or longer than {LongestName} bytes.");
        var dimensions = UInt32();
        if (dimensions is 0 or > MostDimensions) throw Wrong($"the tensor {name} has {dimensions} dimensions.");
        var shape = new long[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            shape[i] = Int64();
            if (shape[i] <= 0) throw Wrong($"the tensor {name} has a dimension of {shape[i]}.");
        }
        return new GgufTensor(name, shape, (int)UInt32(), Int64());
    }

    private object Value(ValueType type, bool inArray) => type switch
    {
        ValueType.UInt8 => (long)Take(1)[0],
        ValueType.Int8 => (long)(sbyte)Take(1)[0],
        ValueType.UInt16 => (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
        ValueType.Int16 => (long)BinaryPrimitives.ReadInt16LittleEndian(Take(2)),
        ValueType.UInt32 => (long)UInt32(),
        ValueType.Int32 => (long)(int)UInt32(),
        ValueType.UInt64 or ValueType.Int64 => Int64(),
        ValueType.Float32 => (double)BitConverter.UInt32BitsToSingle(UInt32()),
        ValueType.Float64 => BitConverter.Int64BitsToDouble(Int64()),
        ValueType.Bool => Take(1)[0] != 0,
        ValueType.String => String(),
        ValueType.Array when !inArray => Array(),
        _ => throw Wrong($"a metadata value has the unknown type {(int)type}."),
    };

    private Array Array()
    {
        var type = (ValueType)UInt32();
        var size = type switch
        {
            ValueType.UInt8 or ValueType.Int8 or ValueType.Bool => 1,
            ValueType.UInt16 or ValueType.Int16 => 2,
            ValueType.UInt64 or ValueType.Int64 or ValueType.Float64 or ValueType.String => 8,
            _ => 4,
        };
        var count = Count(size, "values in an array");
        return type switch
        {
            ValueType.String => Fill(new string[count], type),
            ValueType.Bool => Fill(new bool[count], type),
            ValueType.Float32 or ValueType.Float64 => Fill(new double[count], type),
            _ => Fill(new long[count], type),
        };
    }

    private T[] Fill<T>(T[] values, ValueType type)
    {
        for (var i = 0; i < values.Length; i++) values[i] = (T)Value(type, inArray: true);
        return values;
    }

    private int Count(int minimumSize, string what)
    {
        var count = Int64();
        if (count < 0 || count > (length - file.Position) / minimumSize || count > int.MaxValue) throw Wrong($"it claims {count} {what}, more than it has room for. It is damaged or was not copied to its end.");
        return (int)count;
    }

    private string String()
    {
        var size = Count(1, "bytes in a text");
        var bytes = new byte[size];
        if (file.ReadAtLeast(bytes, size, throwOnEndOfStream: false) < size) throw Cut();
        return Encoding.UTF8.GetString(bytes);
    }

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    private ReadOnlySpan<byte> Take(int size)
    {
        if (file.ReadAtLeast(scratch.AsSpan(0, size), size, throwOnEndOfStream: false) < size) throw Cut();
        return scratch.AsSpan(0, size);
    }

    private ModelFileException Cut() => Wrong("it ends in the middle of its header. It was not copied to its end.");

    private ModelFileException Wrong(string problem) => new(path, problem);
}
