using System.Text.RegularExpressions;
using Tutor.Core.Guard.Python;
using Tutor.Core.Guard.Splicing;

namespace Tutor.Core.Guard.Layers;

/// <summary>
/// Layer L2, third rule: a new statement on the student's own variables, in a block or told to be written, is a piece of their
/// program. An example brings its own variables; a question about a statement leaves it to the student.
/// </summary>
internal sealed partial class OwnStatementLayer : ILeakLayer
{
    private const int LeastTokens = 3;
    private const int ReachOfAWord = 60;

    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits)
    {
        int statements = hint.Lines.Count(l => CodeShape.IsStatement(l.Tokens) && IsNew(l, work));
        var given = Lines(hint, work).FirstOrDefault(l => l.Piece.IsBlock || statements >= limits.OwnLines || IsTold(hint, l.Piece) || IsChange(hint, l.Line, work));
        if (given.Line is not null) yield return new(LeakLayer.OwnIdentifiers, given.Line.Text, "A new statement on the student's own variables.");
    }

    /// <summary>New statements, in code or read out in a sentence, that work on the student's variables and on none that the hint sets up itself.</summary>
    public static IEnumerable<(CodeLine Line, CodePiece Piece)> Lines(HintCode hint, KnownWork work)
    {
        var setUp = new HashSet<string>();
        foreach (var piece in hint.Pieces)
        {
            // In a block, or told to write it, a part of the student's line is a line of its own: "lst.sort()" where "lst = lst.sort()" stands.
            bool whole = piece.IsBlock || IsTold(hint, piece);
            foreach (var line in piece.Lines)
            {
                bool statement = line.Tokens.Count >= LeastTokens && CodeShape.IsStatement(line.Tokens);
                if (statement && (IsNew(line, work) || (whole && Builds(line, work) && !work.IsWholeLine(line))) && work.WorksOnOwnVariables(line, setUp)) yield return (line, piece);
                setUp.UnionWith(line.Uses.Set);
            }
        }
        foreach (var line in ProseProgram.Read(hint.ProseRuns).Where(l => l.Tokens.Count >= LeastTokens && IsNew(l, work) && work.WorksOnOwnVariables(l, setUp)))
            yield return (line, new CodePiece(0, line.Text, [line], IsBlock: false));
    }

    /// <summary>No quote, and more than a value shown.</summary>
    public static bool IsNew(CodeLine line, KnownWork work) => Builds(line, work) && !work.IsQuote(line);

    private static bool Builds(CodeLine line, KnownWork work) => !CodeShape.OnlyShowsAValue(line.Tokens, work.RequiredNames);

    /// <summary>"You need `x`", "add `x`": not asked about but told to write.</summary>
    private static bool IsTold(HintCode hint, CodePiece piece) => Told().IsMatch(hint.Hint.Text[Math.Max(0, piece.Start - ReachOfAWord)..piece.Start]);

    /// <summary>"Change A to B", where A is a whole line of the student's.</summary>
    private static bool IsChange(HintCode hint, CodeLine line, KnownWork work) => hint.Hint.Changes.Any(c =>
        CodeLine.Read(c.New, language: hint.Hint.Language) is [var to] && to.Text == line.Text
        && CodeLine.Read(c.Old, language: hint.Hint.Language) is [var from] && work.StudentLines.Any(l => l.Text == from.Text));

    [GeneratedRegex(@"\b(?:you (?:\w+ )?need|add|write|put|insert|use|type|append|replace|should (?:be|read)|must (?:be|read))\b[^.?!`\n]*$", RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex Told();
}
