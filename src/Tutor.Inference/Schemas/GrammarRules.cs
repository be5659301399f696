using System.Text;

namespace Tutor.Inference.Schemas;

/// <summary>The named rules of a grammar under construction. Rules of equal content share one name.</summary>
internal sealed class GrammarRules
{
    // Of white space a model may write a little, so that it cannot write nothing else for ever.
    private static readonly Dictionary<string, string> common = new()
    {
        ["space"] = """(" " | "\n" [ \t]{0,20})?""",
        // Everything that JSON allows in a string. Halves of surrogate pairs are left out: alone they are no text.
        ["char"] = """[^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" ([0-9a-cA-CefEF] hex | [dD] [0-7]) hex hex)""",
        ["hex"] = "[0-9a-fA-F]",
        ["string"] = """ "\"" char* "\"" """.Trim(),
        // Digits are limited to what a 64-bit integer and a double hold.
        ["integer"] = """ "-"? ("0" | [1-9] [0-9]{0,15}) """.Trim(),
        ["number"] = """integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,2})?""",
        ["boolean"] = """ "true" | "false" """.Trim(),
        ["null"] = "\"null\"",
        ["object"] = """ "{" space (string space ":" space value space ("," space string space ":" space value space)*)? "}" """.Trim(),
        ["array"] = """ "[" space (value space ("," space value space)*)? "]" """.Trim(),
        ["value"] = "object | array | string | number | boolean | null",
    };

    private readonly Dictionary<string, string> rules = [];
    private readonly Dictionary<string, string> names = [];

    /// <summary>Characters of the grammar so far, which grow with the schema.</summary>
    public int Size { get; private set; }

    /// <returns>The name of one of the rules every JSON grammar shares.</returns>
    public string Common(string name)
    {
        if (!rules.TryAdd(name, common[name])) return name;
        foreach (var needed in common.Keys.Where(other => Mentions(common[name], other))) Common(needed);
        return name;
    }

    /// <returns>A name to refer to before its rule is known, which recursion needs.</returns>
    public string Reserve(string hint)
    {
        var name = Fresh(hint);
        rules.Add(name, "");
        return name;
    }

    public void Define(string name, string body)
    {
        rules[name] = body;
        Size += name.Length + body.Length;
    }

    /// <returns>The name of a rule with this content.</returns>
    public string Add(string hint, string body)
    {
        if (names.TryGetValue(body, out var known)) return known;
        var name = Fresh(hint);
        names.Add(body, name);
        Define(name, body);
        return name;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, body) in rules.OrderBy(rule => rule.Key == "root" ? "" : rule.Key, StringComparer.Ordinal))
            text.Append(name).Append(" ::= ").Append(body).Append('\n');
        return text.ToString();
    }

    // Names hold letters, digits and dashes only.
    private string Fresh(string hint)
    {
        var letters = string.Concat(hint.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-').Take(24));
        var name = letters.Length > 0 ? letters : "rule";
        if (name != "root" && !common.ContainsKey(name) && !rules.ContainsKey(name)) return name;
        var number = 1;
        while (rules.ContainsKey($"{name}-{number}")) number++;
        return $"{name}-{number}";
    }

    private static bool Mentions(string body, string name) =>
        body.Split(' ', '(', ')', '*', '?').Contains(name, StringComparer.Ordinal);
}
