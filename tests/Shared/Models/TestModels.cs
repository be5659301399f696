namespace Tutor.Tests.Shared.Models;

/// <summary>Model files for tests, made when first asked for and deleted when the process ends.</summary>
public static class TestModels
{
    private static readonly Lazy<string> Folder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("tutor-models-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });
    private static readonly Lazy<string> LazyTiny = new(() => RandomModel.WriteTiny(PathOf("tiny.gguf")));
    private static readonly Lazy<string> LazyHalfBillion = new(() => RandomModel.WriteHalfBillion(PathOf("half-billion.gguf")));
    private static readonly Lazy<(string Model, string Adapter)> LazyScripted = new(() =>
    {
        ScriptedModel.Write(PathOf("scripted.gguf"), PathOf("scripted-adapter.gguf"));
        return (PathOf("scripted.gguf"), PathOf("scripted-adapter.gguf"));
    });

    private static readonly Lazy<string> LazySlowAnswer = new(WriteSlowAnswer);
    private static readonly Lazy<string> LazySlow = new(() =>
    {
        ScriptedModel.Write(PathOf("slow.gguf"), PathOf("slow-adapter.gguf"), SlowAnswer, [], ScriptedModel.AdapterAnswer, vocabularySize: 80_000);
        return PathOf("slow.gguf");
    });

    /// <summary>Random, a million parameters of 32 bit.</summary>
    public static string Tiny => LazyTiny.Value;

    /// <summary>Random, the shape of a model of half a billion parameters at 8 bits; 530 MB.</summary>
    public static string HalfBillion => LazyHalfBillion.Value;

    /// <summary>See <see cref="ScriptedModel"/>.</summary>
    public static string Scripted => LazyScripted.Value.Model;

    public static string ScriptedAdapter => LazyScripted.Value.Adapter;

    /// <summary>Takes about 20 ms for each token of its one answer, <see cref="SlowAnswer"/>.</summary>
    public static string Slow => LazySlow.Value;

    /// <summary>Twelve lines of ten words each that say nothing, no word twice.</summary>
    public static string SlowAnswer => LazySlowAnswer.Value;

    /// <summary>A place for a file of one test.</summary>
    public static string PathOf(string name) => Path.Combine(Folder.Value, name);

    private static string WriteSlowAnswer()
    {
        const string Consonants = "bdfgklmnprst", Vowels = "aeiou";
        var words = from a in Consonants from b in Vowels from c in Consonants from d in Vowels select $"{a}{b}{c}{d}";
        return string.Join("\n\n", words.Where((_, i) => i % 17 == 0).Take(120).Chunk(10).Select((line, i) => $"{(char)('A' + i)}bout {string.Join(' ', line)}"));
    }
}
