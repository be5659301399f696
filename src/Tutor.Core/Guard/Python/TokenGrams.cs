namespace Tutor.Core.Guard.Python;

/// <summary>Runs of four tokens with own names abstracted, so that renaming variables changes nothing.</summary>
public static class TokenGrams
{
    public const int Length = 4;

    public static HashSet<string> Of(string code, CodeLanguage? language = null) => Of(CodeLexer.Read(code, language ?? CodeLanguage.Python));

    public static HashSet<string> Of(IEnumerable<PythonToken> tokens)
    {
        string[] shape = [.. tokens.Where(t => t.Kind != PythonTokenKind.Comment).Select(Abstract)];
        var grams = new HashSet<string>();
        for (int i = 0; i + Length <= shape.Length; i++) grams.Add(string.Join(' ', shape, i, Length));
        return grams;
    }

    private static string Abstract(PythonToken token) => token.Kind switch
    {
        PythonTokenKind.Name when !PythonNames.IsBuiltin(token.Text) => "V",
        PythonTokenKind.String => "S",
        _ => token.Text,
    };
}
