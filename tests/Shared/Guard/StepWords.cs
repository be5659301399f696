using System.Text.RegularExpressions;

namespace Tutor.Tests.Shared.Guard;

/// <summary>A line of Python told in words, as an instructor who allows pseudo-code would: no sign of the language is left.</summary>
internal static class StepWords
{
    // Operands first, then operators, then what is left of the signs.
    private static readonly (Regex Pattern, string Words)[] rules =
    [
        .. new (string, string)[]
        {
            (@"#.*$", ""),
            (@"^def (\w+)\((.*)\):?$", "begin the function $1 which is given $2"),
            (@"^for (\w+(?: *, *\w+)*) in (.+?):?$", "take every $1 of $2 in turn"),
            (@"^while (.+?):?$", "as long as $1 go on with this"),
            (@"^(?:el)?if (.+?):(.*)$", "when $1 then $2"), (@"^else *:(.*)$", "otherwise $1"),
            (@"^return\b", "the answer is"), (@"^(?:continue|pass)$", "go on"), (@"^break$", "stop there"),
            (@"^([^=<>!+\-*/]+?) *= *([^=].*)$", "let $1 be $2"), (@"^(.+?) *\+= *(.+)$", "make $1 larger by $2"), (@"^(.+?) *-= *(.+)$", "make $1 smaller by $2"),
            (@"range\(len\((\w+)\)\)", "the positions of $1"), (@"range\(", "the numbers up to ("),
            (@"(\w+)\.append\((.*)\)", "add $2 at the end of $1"), (@"(\w+)\.(\w+)\(\)", "$2 $1"), (@"(\w+)\.(\w+)\((.*)\)", "$2 $3 for $1"), (@"\.", " "),
            (@"(\w+)\[([^\[\]]*):([^\[\]]*)\]", "the part $2 to $3 of $1"), (@"(\w+)\[([^\[\]]+)\]", "number $2 of $1"), (@"(\w+)\[([^\[\]]+)\]", "number $2 of $1"),
            (@"\[\]|\(\)", "nothing yet"),
            (" not in ", " is missing from "), ("==", " equals "), ("!=", " differs from "), ("<=", " is at most "), (">=", " is at least "), ("<", " is below "), (">", " is above "),
            (@"\+", " and "), (@"\*", " times "), ("/", " over "), ("%", " modulo "), ("-", " less "), ("=", " as "),
            (@"[\[\](){}:;`\\""']", " "), (@" {2,}", " "),
        }.Select(rule => (new Regex(rule.Item1), rule.Item2)),
    ];

    public static string Of(string line) => rules.Aggregate(line, (text, rule) => rule.Pattern.Replace(text, rule.Words)).Trim();
}
