using Tutor.Core.Guard.Layers;
using Tutor.Core.Guard.Python;
using Tutor.Core.Guard.Reading;

namespace Tutor.Core.Guard.Splicing;

/// <summary>Builds the programs a student could make from a hint without thinking: paste it, append it, put its lines where they fit.</summary>
internal sealed class SpliceCandidates
{
    /// <summary>Longer pieces are programs of their own and are tried whole.</summary>
    private const int FragmentLines = 12;
    private const int MostFragments = 8;
    private const int MostAliases = 20;
    private const int MostElses = 4;
    private const int MostPlaces = 6;
    private const int LeastTokens = 3;
    private const double MostOfProgram = 0.7;

    private readonly IReadOnlyList<CodeLine> student;
    private readonly KnownWork work;
    // Without what only tells of a run: calls, their values, error messages.
    private readonly CodePiece[] pieces;
    private readonly CodeLine[] lines;
    // Programs are written out only when their turn comes: a long program has tens of thousands of places for a fragment.
    private readonly List<(double Promise, IEnumerable<CodeLine> Lines)> programs = [];

    private SpliceCandidates(KnownWork work, HintCode hint)
    {
        this.work = work;
        student = work.StudentLines;
        pieces = Building(hint);
        lines = [.. pieces.SelectMany(p => p.Lines)];
    }

    /// <param name="earlier">Hints shown before; their code may complete this one's.</param>
    /// <returns>Distinct programs, the most promising first; written out as they are taken.</returns>
    public static IEnumerable<string> Build(HintCode hint, IReadOnlyList<HintCode> earlier, KnownWork work)
    {
        var candidates = new SpliceCandidates(work, hint);
        if (!candidates.HasSomethingNew(hint)) return [];
        candidates.AddWholePrograms(hint, earlier);
        candidates.AddChanges(hint);
        candidates.AddFragments([.. earlier.Append(hint).SelectMany(h => candidates.Building(h).Concat(ReadOut(h).Select(l => new CodePiece(0, l.Text, [l], false))))]);
        return candidates.programs.OrderByDescending(p => p.Promise).Select(p => p.Lines.ToList()).Where(ProgramShape.CouldRun)
            .Select(lines => string.Join('\n', lines.Where(l => !l.IsElision).Select(l => l.Source))).Distinct();
    }

    // What consists of quotes alone builds nothing, unless it quotes the program nearly whole: then what it leaves out may be the mistake.
    private bool HasSomethingNew(HintCode hint) => lines.Length >= MostOfProgram * student.Count || ReadOut(hint).Any() ||
        pieces.Any(p => !work.IsQuotedRun(p.Lines)) || lines.Any(l => CodeShape.DefinedName(l.Tokens) is not null)
        || hint.Hint.Changes.Any(c => c.Old != c.New && work.IsQuote(Normal(c.Old)));

    private CodePiece[] Building(HintCode hint)
    {
        bool calls = hint.Lines.Any(work.IsCall);
        return [.. hint.Pieces.Where(p => !p.Lines.All(l => work.TellsOfARun(l, calls)))];
    }

    /// <summary>Statements in the prose; "something else:" is none, for all its colon.</summary>
    private static IEnumerable<CodeLine> ReadOut(HintCode hint) => ProseProgram.Read(hint.ProseRuns).Where(l => l.Tokens.Any(t => t.Kind == PythonTokenKind.Name));

    private void AddWholePrograms(HintCode hint, IReadOnlyList<HintCode> earlier)
    {
        // An example of something else can neither be the program nor mend it by standing after it.
        bool CouldBeWhole(IEnumerable<CodeLine> code) => work.RequiredNames.Count == 0 || code.Any(l => CodeShape.DefinedName(l.Tokens) is not null);
        foreach (var block in pieces.Where(p => p.IsBlock && p.Lines.Count > 0))
        {
            var alone = Dedent(block.Lines);
            bool whole = CouldBeWhole(alone);
            if (whole) Add(3, alone);
            if (whole) AddWithElse(2.95, alone);
            if (whole || work.CouldBelong(alone)) Add(2.5, [.. student, .. alone]);
            if (whole && alone.All(l => l.Indent == 0)) AddNested(2.9, alone);
            foreach (var (aliases, rank) in AliasesFor(alone).Take(MostAliases).Select((a, i) => (a, i)))
            {
                Add(2.65 - rank / 1000.0, [.. alone, .. aliases]);
                Add(2.1 - rank / 1000.0, [.. student, .. alone, .. aliases]);
            }
        }
        if (pieces.Length >= 2 && CouldBeWhole(lines))
        {
            Add(2.8, lines);
            if (lines.All(l => l.Indent == 0)) AddNested(2.75, lines);
        }
        AddNested(2.7, ProseProgram.Read(hint.ProseRuns));
        if (earlier.Count == 0) return;
        CodeLine[] all = [.. earlier.SelectMany(Building).SelectMany(p => p.Lines), .. lines];
        Add(2.7, all);
        if (all.All(l => l.Indent == 0)) AddNested(2.69, all);
        AddNested(2.68, ProseProgram.Read(earlier.Append(hint).SelectMany(h => h.ProseRuns)));
    }

    private void AddNested(double promise, IReadOnlyList<CodeLine> flat)
    {
        if (flat.Count < 2) return;
        Add(promise, LinePlacement.Nested(flat, student));
        CodeLine[] alone = [.. LinePlacement.Nested(flat, [])];
        Add(promise - 0.01, alone);
        AddWithElse(promise - 0.015, alone);
        foreach (var (dedented, i) in LinePlacement.Dedented(alone).Take(MostAliases).Select((d, i) => (d, i))) Add(promise - 0.02 - i / 1000.0, dedented);
    }

    private void AddWithElse(double promise, IReadOnlyList<CodeLine> nested)
    {
        foreach (var (mended, i) in LinePlacement.WithElse(nested).Take(MostElses).Select((m, i) => (m, i))) Add(promise - i / 1000.0, mended);
    }

    /// <summary>Where the hint's functions have other names than the task asks for: lines that lend them those names, in every way that keeps their order.</summary>
    private IEnumerable<IReadOnlyList<CodeLine>> AliasesFor(IReadOnlyList<CodeLine> lines)
    {
        string[] defined = [.. lines.Where(l => l.Indent == 0).Select(l => CodeShape.DefinedName(l.Tokens)).OfType<string>().Distinct()];
        string[] wanted = [.. work.Context.RequiredNames.Except(defined)];
        string[] free = [.. defined.Except(work.Context.RequiredNames)];
        if (wanted.Length == 0) return [];
        return InOrder(free, wanted.Length).Select(names => (IReadOnlyList<CodeLine>)[.. wanted.Zip(names, (name, theirs) => new CodeLine(0, $"{name} = {theirs}", []))]);
    }

    private static IEnumerable<IEnumerable<string>> InOrder(string[] names, int count) =>
        count == 0 ? [[]] : names.SelectMany((name, i) => InOrder(names[(i + 1)..], count - 1).Select(rest => rest.Prepend(name)));

    /// <summary>"Change A to B", said or implied: the new piece in place of the old, or of what it most resembles.</summary>
    private void AddChanges(HintCode hint)
    {
        foreach (var change in hint.Hint.Changes)
        {
            Add(2.3, Replace(change.Old, change.New));
            Add(2.2, Replace(change.New, change.Old));
            foreach (int line in student.Index().Where(l => l.Item.Text == Normal(change.Old)).Select(l => l.Index).Take(MostPlaces))
                foreach (var program in LinePlacement.InPlaceOf(student, line, Normal(change.New))) Add(2.24, program);
            foreach (int line in student.Index().Where(l => l.Item != Replace(l.Item, change.Old, change.New)).Select(l => l.Index).Take(MostPlaces))
                Add(2.25, student.Select((l, i) => i == line ? Replace(l, change.Old, change.New) : l));
        }
        string[] quoted = [.. hint.Hint.Spans.Select(s => s.Content.Trim()).Where(s => work.IsQuote(Normal(s)))];
        foreach (var piece in pieces.Where(p => !p.IsBlock && p.Lines is [{ Tokens.Count: >= LeastTokens }] && !work.IsQuote(p.Lines[0]) && work.CouldBelong(p.Lines)))
        {
            foreach (string old in quoted.Distinct().Take(4)) Add(1.9, Replace(old, piece.Source));
            foreach (var (likeness, program) in SpanReplacement.InPlaceOfTheLike(student, piece.Lines[0])) Add(1 + likeness, program);
        }
    }

    private void AddFragments(IReadOnlyList<CodePiece> all)
    {
        // A piece that names nothing of the student's program cannot mend it: most examples cost nothing here.
        var fragments = all.Where(p => p.Lines.Count is > 0 and <= FragmentLines && !work.IsQuotedRun(p.Lines) && work.CouldBelong(p.Lines)
            && (p.IsBlock || CodeShape.IsStatement(p.Lines[0].Tokens)) && !DefinesWithBody(p.Lines)).TakeLast(MostFragments).ToList();
        foreach (var fragment in fragments)
        {
            var alone = Dedent(fragment.Lines);
            foreach (var (likeness, program) in LinePlacement.OverEveryWindow(student, alone)) Add(likeness, program);
            Add(2.1, LinePlacement.LineByLine(student, alone));
            Add(2.1, LinePlacement.InOrder(student, fragment.Lines, ownIndent: true));
            Add(2.1, LinePlacement.InOrder(student, fragment.Lines, ownIndent: false));
        }
        if (fragments.Count > 1)
        {
            CodeLine[] together = [.. fragments.SelectMany(f => f.Lines)];
            Add(2.4, LinePlacement.LineByLine(student, together));
            Add(2.4, LinePlacement.InOrder(student, together, ownIndent: true));
            Add(2.4, LinePlacement.InOrder(student, together, ownIndent: false));
        }
        // Several pieces: all but one where they fit best, that one anywhere.
        for (int i = 0; fragments.Count is > 1 and <= 4 && i < fragments.Count; i++)
        {
            CodeLine[] rest = [.. LinePlacement.LineByLine(student, [.. fragments.Where((_, j) => j != i).SelectMany(f => f.Lines)])];
            foreach (var (likeness, program) in LinePlacement.OverEveryWindow(rest, Dedent(fragments[i].Lines))) Add(likeness + 0.1, program);
        }
    }

    private static bool DefinesWithBody(IReadOnlyList<CodeLine> lines) => lines.Count > 1 && lines.Any(l => CodeShape.DefinedName(l.Tokens) is not null);

    private IEnumerable<CodeLine> Replace(string old, string with) => student.Select(l => Replace(l, old, with));

    private static CodeLine Replace(CodeLine line, string old, string with) =>
        line with { Text = $" {line.Text} ".Replace($" {Normal(old)} ", $" {Normal(with)} ", StringComparison.Ordinal).Trim() };

    private void Add(double promise, IEnumerable<CodeLine> lines) => programs.Add((promise, lines));

    private static string Normal(string code) => CodeLine.Join(PythonLexer.Read(code).Where(t => t.Kind != PythonTokenKind.Comment));

    internal static IReadOnlyList<CodeLine> Dedent(IReadOnlyList<CodeLine> lines)
    {
        int least = lines.Min(l => l.Indent);
        return [.. lines.Select(l => l with { Indent = l.Indent - least })];
    }
}
