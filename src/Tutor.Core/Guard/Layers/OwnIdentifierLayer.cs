using System.Text.RegularExpressions;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Layers;

/// <summary>Layer L2: new code in the student's own names was written for this task. A generic example does not use them.</summary>
internal sealed partial class OwnIdentifierLayer : ILeakLayer
{
    // "x = y" has three tokens and says little; from four on a line can carry an answer.
    private const int LeastTokens = 4;
    private const int LeastStatement = 3;
    private const int LeastQuoted = 2;

    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits)
    {
        var open = OpenLines(hint, work).ToList();
        int statements = hint.Lines.Count(l => CodeShape.IsStatement(l.Tokens) && IsNew(l, work));
        if (open.FirstOrDefault(l => l.Piece.IsBlock || statements >= limits.OwnLines || IsTold(hint, l.Piece) || IsChange(hint, l.Line, work)).Line is { } given)
        {
            yield return new(LeakLayer.OwnIdentifiers, given.Text, "A new statement on the student's own variables.");
            yield break;
        }
        var now = OwnLines(hint, work);
        now.UnionWith(open.Select(l => l.Line.Text));
        if (now.Count == 0 && !Rewrites(hint, work)) yield break;
        var before = earlier.SelectMany(e => OwnLines(e.Hint, e.Work).Concat(OpenLines(e.Hint, e.Work).Select(l => l.Line.Text))).ToHashSet();
        before.ExceptWith(now);
        if (Rewrites(hint, work))
            yield return new(LeakLayer.OwnIdentifiers, string.Join('\n', hint.Lines.Where(l => IsNew(l, work)).Select(l => l.Text)), "The student's program again, with something changed.");
        else if (hint.Pieces.FirstOrDefault(p => IsPatch(p, work)) is { } patch)
            yield return new(LeakLayer.OwnIdentifiers, patch.Source, "The student's own lines with a new one among them.");
        else if (now.Count >= limits.OwnLines)
            yield return new(LeakLayer.OwnIdentifiers, string.Join('\n', now), $"{now.Count} new code line(s) in the student's own names.");
        else if (now.Count + before.Count >= limits.OwnLinesInThread)
            yield return new(LeakLayer.OwnIdentifiers, string.Join('\n', now), $"With earlier hints, {now.Count + before.Count} new code lines in the student's own names.");
    }

    /// <summary>New statements that work on the student's variables, which the hint does not set up itself.</summary>
    private static IEnumerable<(CodeLine Line, CodePiece Piece)> OpenLines(HintCode hint, KnownWork work)
    {
        var setUp = new HashSet<string>();
        foreach (var piece in hint.Pieces)
        {
            foreach (var line in piece.Lines)
            {
                bool statement = line.Tokens.Count >= LeastStatement && CodeShape.IsStatement(line.Tokens);
                // In a block, or told to write it, a part of the student's line is a line of its own: "lst.sort()" where "lst = lst.sort()" stands.
                bool isNew = piece.IsBlock || IsTold(hint, piece) ? !CodeShape.OnlyShowsAValue(line.Tokens, work.RequiredNames) && !work.IsWholeLine(line) : IsNew(line, work);
                if (statement && isNew && work.WorksOnOwnVariables(line, setUp)) yield return (line, piece);
                setUp.UnionWith(NameUses.Of(line.Tokens).Set);
            }
        }
    }

    private static bool IsNew(CodeLine line, KnownWork work) => !CodeShape.OnlyShowsAValue(line.Tokens, work.RequiredNames) && !work.IsQuote(line);

    /// <summary>"You need `x`", "add `x`": not asked about but told to write.</summary>
    private static bool IsTold(HintCode hint, CodePiece piece)
    {
        int from = Math.Max(0, piece.Start - 60);
        return Told().IsMatch(hint.Hint.Text[from..piece.Start]);
    }

    /// <summary>"Change A to B", where A is a whole line of the student's.</summary>
    private static bool IsChange(HintCode hint, CodeLine line, KnownWork work) =>
        hint.Hint.Changes.Any(c => CodeLine.Read(c.New, language: hint.Hint.Language) is [var to] && to.Text == line.Text && CodeLine.Read(c.Old, language: hint.Hint.Language) is [var from] && work.StudentLines.Any(l => l.Text == from.Text));

    private static HashSet<string> OwnLines(HintCode hint, KnownWork work) => [.. hint.Lines.Where(l => IsOwn(l, work)).Select(l => l.Text)];

    /// <summary>A part of the student's program with the repair already in it.</summary>
    private static bool IsPatch(CodePiece piece, KnownWork work) =>
        piece.IsBlock && piece.Lines.Any(l => IsOwn(l, work)) && piece.Lines.Count(l => CodeShape.IsStatement(l.Tokens) && work.IsQuote(l)) >= LeastQuoted;

    /// <summary>Half of the student's program or more, with new statements in its own names among it.</summary>
    private static bool Rewrites(HintCode hint, KnownWork work)
    {
        var statements = hint.Lines.Where(l => CodeShape.IsStatement(l.Tokens)).ToList();
        int quoted = statements.Count(work.IsQuote);
        return quoted > LeastQuoted && quoted * 2 >= work.StudentLines.Count && statements.Any(l => IsNew(l, work) && work.NamesOnlyOwn(l));
    }

    private static bool IsOwn(CodeLine line, KnownWork work)
    {
        if (line.Tokens.Count < LeastTokens || !work.UsesOwnNames(line)) return false;
        // Where the instructor allows pseudo-code, steps in words may name the student's variables; an error message always may.
        bool words = CodeShape.ReadsAsProse(line.Tokens);
        bool step = line.Tokens[^1].Is(":") || CodeShape.AssignmentAt(line.Tokens) > 0;
        if (words && (!step || work.Context.AllowedLevel >= Hints.HintLevel.PseudoCode)) return false;
        return IsNew(line, work);
    }

    [GeneratedRegex(@"\b(?:you (?:\w+ )?need|add|write|put|insert|use|type|append|replace|should (?:be|read)|must (?:be|read))\b[^.?!`\n]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Told();
}
