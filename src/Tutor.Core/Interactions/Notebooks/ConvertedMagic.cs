using System.Text.RegularExpressions;
using Tutor.Core.Evidence;

namespace Tutor.Core.Interactions.Notebooks;

/// <summary>A magic as nbconvert writes it into a program: <c>get_ipython().run_line_magic("matplotlib", "inline")</c>.</summary>
/// <param name="Lead">Indentation, and what the result is given to.</param>
/// <param name="Kind">The method: run_line_magic, run_cell_magic, system, getoutput or magic.</param>
/// <param name="Name">The magic's name, or the command of a shell.</param>
/// <param name="Text">What follows it: the rest of its line, or its cell.</param>
internal sealed partial record ConvertedMagic(string Lead, string Kind, string Name, string Text)
{
    /// <returns>Null where the statement is none.</returns>
    public static ConvertedMagic? Read(string statement)
    {
        if (Call().Match(statement) is not { Success: true } call) return null;

        var texts = PythonLiteral.TryParse($"({call.Groups["arguments"].Value},)", out var arguments, out _) && arguments is PyTuple tuple
            ? tuple.Items.Select(a => a is PyStr text ? text.Value : "").ToList() : [];
        // What is computed is a command all the same.
        if (texts.Count == 0) return new(call.Groups["lead"].Value, "system", TextLines.OnOneLine(call.Groups["arguments"].Value), "");

        var kind = call.Groups["kind"].Value;
        // magic("time x = 1") is the old way of run_line_magic("time", "x = 1").
        if (kind == "magic") texts = [.. texts[0].Split(' ', 2)];
        return new(call.Groups["lead"].Value, kind, texts[0], kind == "run_cell_magic" ? texts.ElementAtOrDefault(2) ?? "" : texts.ElementAtOrDefault(1) ?? "");
    }

    [GeneratedRegex(@"\A(?<lead>\s*(?:[A-Za-z_][\w.,\s\[\]]*=\s*)?)get_ipython\(\)\.(?<kind>run_line_magic|run_cell_magic|system|getoutput|magic)\((?<arguments>.*)\)[;\s]*(?:#.*)?\z", RegexOptions.Singleline, RegexLimit.Milliseconds)]
    private static partial Regex Call();
}
