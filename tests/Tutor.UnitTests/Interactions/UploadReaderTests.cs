using System.Text;
using System.Text.Json;
using Tutor.Core.Courses;
using Tutor.Core.Interactions;

namespace Tutor.UnitTests.Interactions;

public sealed class UploadReaderTests
{
    [Fact]
    public void A_notebook_gives_its_cells_without_outputs()
    {
        var notebook = Notebook(
            Cell("markdown", "# Sums\nmy try"),
            Cell("code", "%matplotlib inline\n!pip install x\ndef f(x):\n    return x\n"),
            Cell("code", "%%html\n<b>no program</b>"),
            Cell("raw", "left out"));

        var upload = Read("my work.ipynb", notebook, ExerciseKind.Code);

        Assert.Null(upload.Problem);
        Assert.Equal("# # Sums\n# my try\n\n# %matplotlib inline\n# !pip install x\ndef f(x):\n    return x\n\n# %%html\n# <b>no program</b>\n", upload.Text);
        Assert.DoesNotContain("SECRET OUTPUT", upload.Text);
        Assert.Contains("left out", upload.Notice);
    }

    [Fact]
    public void A_notebook_handed_in_as_text_keeps_its_prose_and_fences_its_code()
    {
        var upload = Read("essay.ipynb", Notebook(Cell("markdown", "My claim."), Cell("code", "x = 1")), ExerciseKind.Writing);

        Assert.Equal("My claim.\n\n```python\nx = 1\n```\n", upload.Text);
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_is_read_without_it() =>
        Assert.Equal("x = 1\n", UploadReader.Read("a.py", [0xEF, 0xBB, 0xBF, .. "x = 1\n"u8], ExerciseKind.Code).Text);

    [Fact]
    public void Only_the_last_part_of_a_path_is_kept_as_the_name() =>
        Assert.Equal("a.py", Read("C:\\fakepath\\..\\a.py", "x", ExerciseKind.Code).FileName);

    [Theory]
    [InlineData("a.docx", "Upload a .py, .ipynb, .txt or .md file")]
    [InlineData("noextension", "Upload a .py, .ipynb, .txt or .md file")]
    public void A_file_of_another_type_is_refused(string name, string advice) =>
        Assert.Contains(advice, Read(name, "text", ExerciseKind.Code).Problem);

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 9 }, "Word")]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D }, "PDF")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x78, 0 }, "UTF-8")]
    [InlineData(new byte[] { 0x78, 0, 0x79 }, "binary")]
    [InlineData(new byte[] { 0x78, 0xC3, 0x28 }, "UTF-8")]
    public void A_file_that_is_not_text_is_refused_with_a_way_out(byte[] content, string word) =>
        Assert.Contains(word, UploadReader.Read("a.txt", content, ExerciseKind.Writing).Problem);

    [Theory]
    [InlineData("{\"cells\": 3}")]
    [InlineData("[1, 2")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"\\ud800\"}]}")]
    public void A_damaged_notebook_is_refused(string json) => Assert.Contains("Jupyter", Read("a.ipynb", json, ExerciseKind.Code).Problem);

    [Fact]
    public void A_notebook_nested_10000_deep_is_refused() =>
        Assert.Contains("32 levels", Read("a.ipynb", new string('[', 10_000) + new string(']', 10_000), ExerciseKind.Code).Problem);

    [Fact]
    public async Task No_more_than_the_limit_is_read_of_a_stream_without_end()
    {
        var endless = new EndlessStream();

        var upload = await UploadReader.ReadAsync("a.ipynb", endless, ExerciseKind.Code, TestContext.Current.CancellationToken);

        Assert.Contains("Clear Outputs", upload.Problem);
        Assert.InRange(endless.Given, 1024 * 1024, 1024 * 1024 + 1);
    }

    [Fact]
    public void A_text_longer_than_a_work_may_be_is_refused() =>
        Assert.Contains("65,536", Read("a.py", new string('x', 70_000), ExerciseKind.Code).Problem);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    public void An_empty_file_is_refused(string content) => Assert.Contains("is empty", Read("a.py", content, ExerciseKind.Code).Problem);

    [Fact]
    public void A_text_in_letters_of_several_bytes_may_be_as_long_as_any()
    {
        var essay = string.Concat(Enumerable.Repeat("کتاب\u200cها مهم هستند. ", 3000));

        Assert.Equal(essay, Read("a.txt", essay, ExerciseKind.Writing).Text);
    }

    private static Upload Read(string name, string content, ExerciseKind kind) => UploadReader.Read(name, Encoding.UTF8.GetBytes(content), kind);

    private static string Notebook(params object[] cells) => JsonSerializer.Serialize(new { cells, metadata = new { kernelspec = "k" }, nbformat = 4 });

    private static object Cell(string type, string source) => new
    {
        cell_type = type,
        source = source.Split('\n').Select((l, i) => i == source.Count(c => c == '\n') ? l : l + "\n").ToArray(),
        outputs = new[] { new { text = "SECRET OUTPUT" } },
    };

    private sealed class EndlessStream : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)'x', offset, count);
            Given += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
