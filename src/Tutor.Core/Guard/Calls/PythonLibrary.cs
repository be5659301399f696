using System.Collections.Concurrent;
using Tutor.Core.Evidence;

namespace Tutor.Core.Guard.Calls;

/// <summary>The names of Python's standard library, as the sandbox's own Python lists them.</summary>
/// <remarks>Asked once: the built-in names, the methods of the built-in types and the modules. A module's names are asked when a hint first mentions it.</remarks>
public sealed class PythonLibrary(ICodeRunner runner)
{
    private const string Program =
        """
        import builtins, sys, io, importlib
        def built_in():
            return [n for n in dir(builtins) if n[0] != "_"]
        def methods():
            kinds = [str, list, dict, set, frozenset, tuple, int, float, complex, bytes, bytearray, range, io.TextIOWrapper, Exception]
            return sorted({n for k in kinds for n in dir(k) if n[0] != "_"})
        def modules():
            return [n for n in sorted(sys.stdlib_module_names) if n[0] != "_"]
        def names(module):
            return [n for n in dir(importlib.import_module(module)) if n[0] != "_"]
        def members(module):
            kinds = [v for v in vars(importlib.import_module(module)).values() if isinstance(v, type)]
            return sorted({n for k in kinds for n in dir(k) if n[0] != "_"})[:2000]
        """;

    // What a first look takes on a busy machine; importing a large module is most of it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Task<LibraryModule?>> known = new();
    private Task<LibraryRoot?>? root;

    /// <returns>Null where nothing can be run: then nothing is known, and nothing is called unknown.</returns>
    public Task<LibraryRoot?> RootAsync()
    {
        // Two first hints at once ask twice, which costs a run and harms nothing.
        var asked = root;
        if (asked is { IsCompletedSuccessfully: true, Result: not null }) return asked;
        return root = ReadRootAsync();
    }

    /// <returns>Null where the module does not exist or cannot be loaded here.</returns>
    public Task<LibraryModule?> ModuleAsync(string module) => known.GetOrAdd(module, ReadModuleAsync);

    private async Task<LibraryRoot?> ReadRootAsync() =>
        await AskAsync("built_in()", "methods()", "modules()") is [{ } names, { } methods, { } modules] ? new(names, methods, modules) : null;

    private async Task<LibraryModule?> ReadModuleAsync(string module)
    {
        var found = await AskAsync($"names({PythonRepr.Write(new PyStr(module))})", $"members({PythonRepr.Write(new PyStr(module))})");
        return found is [{ } names, { } members] ? new(names, members) : null;
    }

    private async Task<IReadOnlySet<string>?[]> AskAsync(params string[] calls)
    {
        if (runner.OffReason is not null) return [];
        try
        {
            var run = (await runner.RunAsync(new RunRequest([Program], "", calls, Limit), CancellationToken.None))[0];
            return [.. run.Calls.Select(c => (c.Value as PyList)?.Items.OfType<PyStr>().Select(s => s.Value).ToHashSet())];
        }
        catch (SandboxUnavailableException)
        {
            // The check is left out for this hint and tried again with the next.
            return [];
        }
    }
}

/// <param name="Builtins">Names known everywhere.</param>
/// <param name="Methods">Of every built-in type.</param>
/// <param name="Modules">Of the standard library.</param>
public sealed record LibraryRoot(IReadOnlySet<string> Builtins, IReadOnlySet<string> Methods, IReadOnlySet<string> Modules);

/// <param name="Names">Of the module.</param>
/// <param name="Members">Of its classes.</param>
public sealed record LibraryModule(IReadOnlySet<string> Names, IReadOnlySet<string> Members);
