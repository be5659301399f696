using System.Text;
using Tutor.Core.Courses;
using Tutor.Core.Courses.Reading;
using Tutor.Core.Guard.Python;
using Tutor.Core.Guard.Reading;

namespace Tutor.Core.Guard.Calls;

/// <summary>Looks up every library call a hint names, mends those that do not exist, and notes what the course has not taught yet.</summary>
/// <remarks>
/// The idea of checking calls against the library instead of the model's memory is Gorilla's (Patil et al. 2023). A call of
/// something the student or the hint defines is no library call. Where the library is not known, nothing is changed.
/// </remarks>
public sealed class CallCheck
{
    private const string LeftOut = "(a call that Python does not have was left out)";
    private const int ShortestMended = 4;

    private readonly PythonLibrary library;
    private readonly IReadOnlySet<string> taught;
    private readonly HashSet<string> own;
    private readonly HashSet<string> modules;
    private readonly List<LeakVerdict> findings = [];
    private readonly SortedSet<string> untaught = new(StringComparer.Ordinal);

    public CallCheck(PythonLibrary library, GuardContext context, IReadOnlySet<string> taught)
    {
        this.library = library;
        this.taught = taught;
        var tokens = new[] { context.StudentText, context.Starter, context.Tests.Prelude }.SelectMany(PythonLexer.Read).ToList();
        own = [.. tokens.Where(t => t.Kind == PythonTokenKind.Name).Select(t => t.Text), .. context.RequiredNames];
        modules = [.. tokens.Zip(tokens.Skip(1)).Where(p => p.First.Is("import") || p.First.Is("from")).Select(p => p.Second.Text)];
    }

    /// <summary>What was found so far: calls that do not exist, and calls not taught yet.</summary>
    public IReadOnlyList<LeakVerdict> Findings => findings;

    /// <summary>A sentence for the student about calls the course has not reached; empty where there are none.</summary>
    public string Note => untaught.Count == 0 ? "" : $"\n\n*Not yet in this course: {string.Join(", ", untaught.Select(n => $"`{n}`"))}. You can do without.*";

    /// <returns>The text with unknown calls mended or left out.</returns>
    internal async Task<string> MendAsync(string text)
    {
        var hint = HintText.Read(text);
        var pieces = hint.CodeBlocks.Select(b => (b.Start, b.End)).Concat(hint.Spans.Select(s => (s.Start, s.End))).Order().ToList();
        if (pieces.Count == 0 || await library.RootAsync() is not { } root) return text;
        foreach (string code in pieces.Select(p => text[p.Start..p.End])) Learn(code);

        var result = new StringBuilder();
        int at = 0;
        foreach (var (start, end) in pieces)
        {
            result.Append(text, at, start - at).Append(await MendPieceAsync(text[start..end], root));
            at = end;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>What a hint's example defines, names and imports is its own.</summary>
    private void Learn(string code)
    {
        foreach (var line in CodeLine.Read(code.Trim('`', '~')))
        {
            var uses = line.Uses;
            own.UnionWith(uses.Set);
            if (line.Tokens is [{ Text: "import" or "from" }, var module, ..]) modules.Add(module.Text);
        }
    }

    private async Task<string> MendPieceAsync(string piece, LibraryRoot root)
    {
        foreach (var call in CallReader.Read(piece).Reverse())
        {
            var (exists, candidates) = await LookUpAsync(call, root);
            if (exists)
            {
                Teach(call, root);
                continue;
            }
            if (candidates is null) continue;
            string whole = call.Owner is null ? call.Name : $"{call.Owner}.{call.Name}";
            if (Nearest(call.Name, candidates) is { } near)
            {
                findings.Add(new(LeakLayer.UnknownCall, whole, $"Python has no `{whole}`; `{near}` was written instead."));
                piece = string.Concat(piece.AsSpan(0, call.Start), near, piece.AsSpan(call.Start + call.Name.Length));
            }
            else if (call.Owner is not null)
            {
                findings.Add(new(LeakLayer.UnknownCall, whole, $"Python has no `{whole}`; it was left out."));
                piece = WithoutLine(piece, call.Start);
            }
        }
        return piece;
    }

    /// <returns>Whether the call exists; and if not, the names it could have meant, null where it is no library call.</returns>
    private async Task<(bool Exists, IReadOnlySet<string>? Candidates)> LookUpAsync(LibraryCall call, LibraryRoot root)
    {
        if (call.Owner is null)
            return (root.Builtins.Contains(call.Name), own.Contains(call.Name) || taught.Contains(call.Name) ? null : root.Builtins);
        if (own.Contains(call.Name) && !root.Methods.Contains(call.Name) && !root.Modules.Contains(call.Owner)) return (false, null);
        bool isVariable = own.Contains(call.Owner) && !modules.Contains(call.Owner);
        if (!isVariable && root.Modules.Contains(call.Owner) && await library.ModuleAsync(call.Owner) is { } module)
            return (module.Names.Contains(call.Name), module.Names);
        if (root.Methods.Contains(call.Name)) return (true, null);
        // An object of a class in a module that is used here has that class's methods.
        foreach (string used in modules)
            if (await library.ModuleAsync(used) is { } known && known.Members.Contains(call.Name)) return (true, null);
        bool isLibrary = call.OwnerIsLiteral || root.Builtins.Contains(call.Owner) || isVariable;
        return (false, isLibrary && !taught.Contains(call.Name) ? root.Methods : null);
    }

    private void Teach(LibraryCall call, LibraryRoot root)
    {
        if (taught.Count == 0 || taught.Contains(call.Name) || own.Contains(call.Name)) return;
        string shown = call.Owner is { } owner && root.Modules.Contains(owner) ? $"{owner}.{call.Name}" : call.Name;
        if (untaught.Add(shown)) findings.Add(new(LeakLayer.NotYetTaught, shown, $"`{shown}` comes later in the course, or not at all."));
    }

    private static string? Nearest(string name, IReadOnlySet<string> names)
    {
        if (name.Length < ShortestMended) return null;
        var near = names.Select(n => (Name: n, Distance: DidYouMean.Distance(name, n))).Where(n => n.Distance <= Math.Max(1, name.Length / 4)).OrderBy(n => n.Distance).Take(2).ToList();
        return near.Count == 1 || (near.Count == 2 && near[0].Distance < near[1].Distance) ? near[0].Name : null;
    }

    /// <summary>A span goes whole; of a block, the line.</summary>
    private static string WithoutLine(string piece, int at)
    {
        if (!piece.Contains('\n')) return LeftOut;
        int from = piece.LastIndexOf('\n', at) + 1, to = piece.IndexOf('\n', at);
        return $"{piece[..from]}{new string(' ', CodeLine.IndentOf(piece[from..]))}# {LeftOut}{(to < 0 ? "" : piece[to..])}";
    }
}
