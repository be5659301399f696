using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.Engine;
using Tutor.Inference.Gguf;
using Tutor.Tests.Shared.Models;

namespace Tutor.UnitTests.Inference.Gguf;

public sealed class ModelFileCheckTests
{
    private static int files;

    public static TheoryData<string, string> Faults => new()
    {
        { "no layers", "block_count is 0" },
        { "two equal tokens", "in its vocabulary twice" },
        { "no end token", "eos_token_id is missing" },
        { "an end token outside the vocabulary", "the vocabulary has" },
        { "no architecture", "no general.architecture" },
        { "no vocabulary", "tokenizer.ggml.tokens is missing" },
        { "no tokenizer", "no tokenizer" },
        { "an adapter's type", "it is an adapter" },
        { "a layer count beyond all bounds", "block_count is 4294967295" },
        { "no layer count", "block_count is missing" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_file_that_would_end_the_process_is_refused_before_native_code_sees_it(string fault, string message)
    {
        var file = RandomModel.Smallest();
        Spoil(file, fault);
        var path = file.Write(NewPath());

        var error = Assert.Throws<ModelFileException>(() => ModelFileCheck.CheckModel(path));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_one_of_its_entries_loads_or_is_refused_but_never_ends_the_process()
    {
        var (loaded, refused) = (0, 0);
        foreach (var key in RandomModel.Smallest().Keys)
        {
            var path = RandomModel.Smallest().Remove(key).Write(NewPath());
            try
            {
                await using var engine = await LlamaEngine.LoadAsync(Options(path), NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
                loaded++;
            }
            catch (ModelFileException)
            {
                refused++;
            }
        }

        // The optional ones: name, rotation base, pre-tokenizer, token types, padding, begin switch, template.
        Assert.Equal(7, loaded);
        Assert.True(refused >= 9, $"{refused} of the entries are needed.");
    }

    [Theory]
    [InlineData("output_norm.weight")]
    [InlineData("blk.0.attn_q.weight")]
    public async Task A_file_without_a_tensor_is_refused_with_the_library_s_reason(string tensor)
    {
        var path = RandomModel.Smallest().Remove(tensor).Write(NewPath());

        var error = await Assert.ThrowsAsync<ModelFileException>(() => LlamaEngine.LoadAsync(Options(path), NullLoggerFactory.Instance, TestContext.Current.CancellationToken));

        Assert.Contains(tensor, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_anywhere_in_its_header_is_refused()
    {
        var whole = File.ReadAllBytes(RandomModel.Smallest().Write(NewPath()));
        var header = (int)GgufFile.Read(RandomModel.Smallest().Write(NewPath())).DataOffset;

        Gen.Int[0, header].Sample(length =>
        {
            var path = NewPath();
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<ModelFileException>(() => ModelFileCheck.CheckModel(path));
        }, iter: 60);
    }

    [Fact]
    public void A_damaged_header_is_refused_or_read_but_nothing_else_happens()
    {
        var whole = File.ReadAllBytes(RandomModel.Smallest().Write(NewPath()));
        var header = (int)GgufFile.Read(RandomModel.Smallest().Write(NewPath())).DataOffset;

        Gen.Select(Gen.Int[0, header - 1], Gen.Byte).Array[1, 8].Sample(changes =>
        {
            var damaged = (byte[])whole.Clone();
            foreach (var (at, value) in changes) damaged[at] = value;
            var path = NewPath();
            File.WriteAllBytes(path, damaged);
            try
            {
                ModelFileCheck.CheckModel(path);
            }
            catch (ModelFileException error)
            {
                Assert.NotEmpty(error.Message);
            }
        }, iter: 200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GGUF")]
    [InlineData("<!DOCTYPE html><html>a hub's error page</html>")]
    public void What_is_no_model_is_refused(string content)
    {
        var path = NewPath();
        File.WriteAllText(path, content);

        Assert.Throws<ModelFileException>(() => ModelFileCheck.CheckModel(path));
    }

    [Fact]
    public void A_missing_file_is_said_to_be_missing()
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFileCheck.CheckModel("/nowhere/model.gguf"));

        Assert.Contains("no such file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_adapter_for_another_architecture_is_refused()
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFileCheck.CheckAdapter(TestModels.ScriptedAdapter, "qwen2"));

        Assert.Contains("llama; the model is qwen2", error.Message, StringComparison.Ordinal);
    }

    private static EngineOptions Options(string path) => new() { ModelPath = path, Threads = 1, ContextTokens = 512, Slots = 1 };

    private static string NewPath() => TestModels.PathOf($"spoilt-{Interlocked.Increment(ref files)}.gguf");

    private static void Spoil(GgufWriter file, string fault)
    {
        switch (fault)
        {
            case "no layers":
                file.Set("qwen2.block_count", 0);
                break;
            case "a layer count beyond all bounds":
                file.Set("qwen2.block_count", -1);
                break;
            case "no layer count":
                file.Remove("qwen2.block_count");
                break;
            case "two equal tokens":
                var tokens = (string[])file["tokenizer.ggml.tokens"];
                tokens[5] = tokens[6];
                break;
            case "no end token":
                file.Remove("tokenizer.ggml.eos_token_id");
                break;
            case "an end token outside the vocabulary":
                file.Set("tokenizer.ggml.eos_token_id", 99_999);
                break;
            case "no architecture":
                file.Remove("general.architecture");
                break;
            case "no vocabulary":
                file.Remove("tokenizer.ggml.tokens");
                break;
            case "no tokenizer":
                file.Set("tokenizer.ggml.model", "no_vocab");
                break;
            case "an adapter's type":
                file.Set("general.type", "adapter");
                break;
            default:
                throw new ArgumentException(fault, nameof(fault));
        }
    }
}
