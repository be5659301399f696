using System.Globalization;
using System.Text.RegularExpressions;
using Tutor.Core.Evidence;

namespace Tutor.Core.Hints.Ladder;

/// <summary>What to say of a program that Python could not read, beyond the line: the sign nobody can see, and which Python it was.</summary>
internal static partial class UnreadSource
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [0x00A0] = "a no-break space", [0x00AD] = "a soft hyphen", [0x200B] = "a zero-width space", [0x200C] = "a zero-width non-joiner", [0x200D] = "a zero-width joiner",
        [0x200E] = "a left-to-right mark", [0x200F] = "a right-to-left mark", [0x2028] = "a line separator", [0x2029] = "a paragraph separator", [0x202F] = "a narrow no-break space",
        [0x2060] = "a word joiner", [0x3000] = "an ideographic space", [0xFEFF] = "a byte order mark",
        [0x2018] = "a curly quote", [0x2019] = "a curly quote", [0x201C] = "a curly quote", [0x201D] = "a curly quote", [0x2013] = "a dash, longer than a minus sign", [0x2212] = "a printer's minus sign",
    };

    /// <summary>Whether Python met a character that no editor shows.</summary>
    public static bool HasInvisible(RunEvidence evidence) => evidence.ExceptionMessage?.Contains("non-printable character", StringComparison.Ordinal) ?? false;

    /// <returns>What must be named, and a sentence that names it.</returns>
    public static IEnumerable<(string Named, string Sentence)> Sentences(RunEvidence evidence)
    {
        if (!PyExceptions.IsA(evidence.ExceptionType, "SyntaxError") || evidence.ExceptionMessage is not { } message) yield break;

        if (CodePoint().Match(message) is { Success: true } found) yield return OfCharacter(found.Value, evidence);
        if (evidence.Python is not { } python) yield break;

        var older = message.StartsWith("f-string", StringComparison.Ordinal) && Version.TryParse(python, out var version) && version < new Version(3, 12)
            ? " Before Python 3.12, what stands in the braces of an f-string may hold neither the string's own quotes nor a backslash nor a comment."
            : "";
        yield return ($"Python {python}", $"Python {python} reads your program here; what only a newer Python knows is an error to it.{older}");
    }

    private static (string Named, string Sentence) OfCharacter(string code, RunEvidence evidence)
    {
        var name = Names.GetValueOrDefault(int.Parse(code.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        var line = evidence.Line is { } number ? $"Line {number}" : "Your program";
        var remedy = HasInvisible(evidence) ? "It looks like a blank or like nothing: delete the blanks there, at the start of the line too, and type them anew." : "Type it anew with your keyboard.";
        return (code, $"{line} holds the character {code}{(name is null ? "" : $", {name}")}, which Python does not read. {remedy}");
    }

    [GeneratedRegex(@"U\+[0-9A-F]{4,6}", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex CodePoint();
}
