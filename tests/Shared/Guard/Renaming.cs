using System.Text;
using Tutor.Core.Guard.Python;

namespace Tutor.Tests.Shared.Guard;

/// <summary>Gives a program's own names other ones, as a student does who hides where a program is from.</summary>
internal static class Renaming
{
    /// <param name="keep">Names that must stay for the tests to pass.</param>
    public static string Rename(string code, IReadOnlyCollection<string> keep)
    {
        var tokens = PythonLexer.Read(code);
        var names = new Dictionary<string, string>();
        var imported = tokens.Where((t, i) => tokens.Take(i).Any(before => before.Line == t.Line && before.Is("import"))).Select(t => t.Text).ToHashSet();
        var result = new StringBuilder();
        int at = 0, depth = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            depth += token.Text is "(" or "[" or "{" ? 1 : token.Text is ")" or "]" or "}" ? -1 : 0;
            bool attribute = i > 0 && tokens[i - 1].Is(".");
            bool keyword = depth > 0 && i + 1 < tokens.Count && tokens[i + 1].Is("=");
            bool own = token.Kind == PythonTokenKind.Name && !attribute && !keyword && !PythonNames.IsBuiltin(token.Text) && !keep.Contains(token.Text) && !imported.Contains(token.Text);
            result.Append(code, at, token.Start - at);
            if (own && !names.ContainsKey(token.Text)) names[token.Text] = $"quux{names.Count}_{string.Concat(token.Text.Reverse())}";
            result.Append(own ? names[token.Text] : token.Text);
            at = token.End;
        }
        return result.Append(code, at, code.Length - at).ToString();
    }
}
