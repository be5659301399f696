using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Tutor.Core;

namespace Tutor.UnitTests;

public sealed class TextLinesTests
{
    private const string Python = "/usr/bin/python3.11";

    private static readonly string[] pieces = ["a", "bé", "\n", "\r\n", "\r", "\f", "\v", "\u0085", "\u2028", "\u2029", "\x1c", "\u200c", "👨\u200d👩", "e\u0301", ""];

    private static readonly Gen<string> text = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 25].Select(string.Concat);

    [Theory]
    [InlineData("", 1)]
    [InlineData("\n\n", 1)]
    [InlineData("a\r\nb\rc\nd\n", 4)]
    [InlineData("a\fb\u0085c\u2028d\u2029e", 1)]
    public void Only_LF_CR_LF_and_CR_end_a_line(string given, int lines) => Assert.Equal(lines, TextLines.Count(given));

    [Fact]
    public void Lines_hold_everything_but_their_ends_and_say_where_they_stood()
    {
        text.Sample(given =>
        {
            var shown = TextLines.Shown(given);

            Assert.All(shown, line => Assert.Equal(line.Line, given.Substring(line.Start, line.Line.Length)));
            Assert.Equal(TextLines.Plain(given).TrimEnd('\n'), string.Join('\n', shown.Select(l => l.Line)));
            Assert.Equal(given.Replace("\r", "").Replace("\n", ""), string.Concat(TextLines.Of(given)));
        }, iter: 5000);
    }

    [Fact]
    public async Task Lines_have_the_numbers_that_Python_gives_them()
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not installed");
        var programs = text.Array[300].Single(_ => true, "0N0XIzNsQ0O2").Select(t => $"x = '''{t}'''\nlast").ToList();

        var start = new ProcessStartInfo(Python)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
            ArgumentList = { "-I", "-c", "import ast, json, sys; print([ast.parse(p).body[-1].lineno for p in json.load(sys.stdin)])" },
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(programs));
        process.StandardInput.Close();
        var numbers = JsonSerializer.Deserialize<int[]>(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(numbers, programs.Select(TextLines.Count));
    }

    [Fact]
    public void Nothing_in_the_code_takes_other_characters_for_line_ends()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Tutor.sln"))) folder = folder.Parent;

        var others = from file in Directory.EnumerateFiles(Path.Combine(folder.FullName, "src"), "*", SearchOption.AllDirectories)
                     where file.EndsWith(".cs") || file.EndsWith(".razor")
                     where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.EndsWith("TextLines.cs")
                     where File.ReadAllText(file) is var code && (code.Contains("ReplaceLineEndings(") || code.Contains(".EnumerateLines("))
                     select Path.GetFileName(file);

        Assert.Empty(others);
    }
}
