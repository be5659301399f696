using System.Collections.Frozen;

namespace Tutor.Core.Guard.Python;

/// <summary>What the lexer must know of a language. Python, which Tutor also runs, has a lexer of its own.</summary>
/// <param name="Name">As an exercise names it, lower case.</param>
/// <param name="Extension">Of a program's file, without the dot.</param>
/// <param name="LineComments">Marks that begin a comment to the end of the line.</param>
/// <param name="HasBlockComments">Between <c>/*</c> and <c>*/</c>.</param>
/// <param name="IgnoresCase">Keywords and names mean the same in either case.</param>
/// <param name="Words">Keywords, types and common library names: not a student's own.</param>
public sealed record CodeLanguage(string Name, string Extension, string[] LineComments, bool HasBlockComments, bool IgnoresCase, FrozenSet<string> Words)
{
    private const string CLike = "break case catch char class const continue default do double else enum false final finally float for goto if import int long new null return short static struct switch this throw try void while true unsigned signed sizeof typedef boolean bool byte var let function public private protected";

    public static CodeLanguage Python { get; } = new("python", "py", ["#"], false, false, Set(""));

    public static CodeLanguage Java { get; } = new("java", "java", ["//"], true, false, Set(CLike +
        " abstract assert extends implements instanceof interface package super synchronized throws String Integer Double Boolean Character Long Object List ArrayList Map HashMap Set HashSet Arrays Collections Math System out in println print printf length size get put add remove contains equals hashCode toString charAt substring Scanner Exception Override"));

    public static CodeLanguage C { get; } = new("c", "c", ["//"], true, false, Set(CLike +
        " auto extern register volatile union inline NULL size_t FILE include define stdio stdlib string main printf scanf malloc calloc free strlen strcmp strcpy fgets puts getchar putchar"));

    public static CodeLanguage JavaScript { get; } = new("javascript", "js", ["//"], true, false, Set(CLike +
        " async await delete export extends from in instanceof of super typeof undefined yield NaN console log Math JSON Object Array String Number Boolean Map Set Promise length push pop shift unshift map filter reduce forEach slice splice join split indexOf includes sort reverse concat"));

    public static CodeLanguage Sql { get; } = new("sql", "sql", ["--"], true, true, Set(
        "ADD ALL ALTER AND AS ASC AVG BETWEEN BY CASE CAST COALESCE COUNT CREATE CROSS DELETE DESC DISTINCT DROP ELSE END EXCEPT EXISTS FALSE FROM FULL GROUP HAVING IN INDEX INNER INSERT INTERSECT INTO IS JOIN KEY LEFT LIKE LIMIT MAX MIN NOT NULL OFFSET ON OR ORDER OUTER OVER PARTITION PRIMARY REFERENCES RIGHT SELECT SET SUM TABLE THEN TRUE UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WITH INTEGER TEXT REAL VARCHAR DATE"));

    public static IReadOnlyList<CodeLanguage> All { get; } = [Python, Java, C, JavaScript, Sql];

    /// <returns>Python for a name that is none of the others.</returns>
    public static CodeLanguage Find(string name) => All.FirstOrDefault(l => l.Name == name) ?? Python;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();
}
