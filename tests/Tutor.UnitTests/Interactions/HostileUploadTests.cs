using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Tutor.Core.Courses;
using Tutor.Core.Interactions;

namespace Tutor.UnitTests.Interactions;

/// <summary>Fifteen files made to cost time, memory or trust. Each is refused, or made harmless, within 200 ms and 50 MB.</summary>
public sealed class HostileUploadTests
{
    private const int Mega = 1024 * 1024;

    public static TheoryData<string, string, bool> Files { get; } = new()
    {
        { "a zip bomb by its right name", "bomb.zip", true },
        { "a zip bomb called a notebook", "bomb.ipynb", true },
        { "a zip of ten thousand entries called a program", "many.py", true },
        { "a zip with ../ in its names called a text", "paths.txt", true },
        { "a notebook of depth 10,000", "deep.ipynb", true },
        { "a notebook with 100 MB of output", "output.ipynb", true },
        { "100 MB of program", "large.py", true },
        { "a PDF called a program", "paper.py", true },
        { "a picture called Markdown", "picture.md", true },
        { "a program for the machine called a text", "run.txt", true },
        { "a Word document called a notebook", "essay.ipynb", true },
        { "UTF-16 called a program", "wide.py", true },
        { "bytes that are no UTF-8", "latin.py", true },
        { "a name with a path and a right-to-left override", "..\\..\\etc\\passwd\u202eyp.exe", true },
        { "a notebook with scripts in its outputs and metadata", "script.ipynb", false },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Is_refused_or_made_harmless_in_little_time_and_memory(string what, string name, bool refused)
    {
        await using var content = Content(what);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();

        var upload = await UploadReader.ReadAsync(name, content, ExerciseKind.Code, TestContext.Current.CancellationToken);

        // Twice the limit, so that a busy machine fails no build; alone each takes a few milliseconds.
        Assert.True(watch.ElapsedMilliseconds <= 400, $"{what} took {watch.ElapsedMilliseconds} ms");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before <= 50 * Mega, what);
        Assert.Equal(refused, upload.Problem is not null);
        Assert.DoesNotContain("<script", upload.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\\', upload.FileName);
    }

    [Fact]
    public void There_are_fifteen() => Assert.Equal(15, Files.Count);

    private static Stream Content(string what) => what switch
    {
        "a zip bomb by its right name" or "a zip bomb called a notebook" => Zip(1, _ => "0.bin", 10 * Mega),
        "a zip of ten thousand entries called a program" => Zip(10_000, i => $"{i}.py", 1),
        "a zip with ../ in its names called a text" => Zip(3, i => $"../../{i}.txt", 10),
        "a notebook of depth 10,000" => Text($"{{\"cells\": {new string('[', 10_000)}{new string(']', 10_000)}}}"),
        "a notebook with 100 MB of output" => new EndlessStream("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"x = 1\", \"outputs\": [{\"data\": {\"image/png\": \"", 100 * Mega),
        "100 MB of program" => new EndlessStream("x = 1\n", 100 * Mega),
        "a PDF called a program" => Text("%PDF-1.7\n1 0 obj"),
        "a picture called Markdown" => new MemoryStream([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
        "a program for the machine called a text" => new MemoryStream([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]),
        "a Word document called a notebook" => new MemoryStream([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        "UTF-16 called a program" => new MemoryStream([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("x = 1\n")]),
        "bytes that are no UTF-8" => new MemoryStream(Encoding.Latin1.GetBytes("name = 'Zoë Müller'\n")),
        "a name with a path and a right-to-left override" => Text("x = 1\n"),
        _ => Text("""{"cells": [{"cell_type": "code", "source": ["x = 1\n"], "metadata": {"html": "<script>hit()</script>"}, "outputs": [{"output_type": "display_data", "data": {"text/html": "<script>hit()</script>"}}]}], "metadata": {"title": "<script>hit()</script>"}}"""),
    };

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static MemoryStream Zip(int entries, Func<int, string> name, int size)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < entries; i++)
            {
                using var entry = zip.CreateEntry(name(i), CompressionLevel.Fastest).Open();
                entry.Write(new byte[size]);
            }
        stream.Position = 0;
        return stream;
    }

    /// <summary>Says the same for ever, up to a length, without holding it.</summary>
    private sealed class EndlessStream(string unit, long length) : Stream
    {
        private readonly byte[] bytes = Encoding.UTF8.GetBytes(unit);
        private long at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get => at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, count));

        // The inherited one reads on another thread, and what is counted above is one thread's allocations.
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Take(buffer.Span));

        private int Take(Span<byte> buffer)
        {
            var read = (int)Math.Min(buffer.Length, length - at);
            for (var i = 0; i < read; i++) buffer[i] = bytes[(at + i) % bytes.Length];
            at += read;
            return read;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
