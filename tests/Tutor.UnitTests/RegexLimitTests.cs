using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Tutor.UnitTests;

/// <summary>Texts of students, models and files come to every regular expression, so none may look at one for as long as it likes.</summary>
public sealed partial class RegexLimitTests
{
    // Each pattern alone, on 64 KB: far more than any is given.
    private const int Length = 64 * 1024;
    private static readonly TimeSpan most = TimeSpan.FromSeconds(1);

    private static readonly Assembly[] assemblies =
    [
        typeof(Tutor.Core.TutorId).Assembly, typeof(Tutor.Data.Database).Assembly, typeof(Tutor.Runtime.RuntimeSetup).Assembly, typeof(Tutor.Web.App).Assembly,
        typeof(Tutor.Inference.InferenceSetup).Assembly, typeof(Tutor.Sandbox.SandboxSetup).Assembly,
    ];

    // A chat template comes with the model file that the operator chose, and is read at the start.
    private static bool IsForeign(MethodInfo method) => method.DeclaringType!.Namespace?.EndsWith("ChatTemplates", StringComparison.Ordinal) != true;

    private static IReadOnlyList<MethodInfo> Patterns { get; } =
        [.. from type in assemblies.SelectMany(assembly => assembly.GetTypes())
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where method.GetCustomAttribute<GeneratedRegexAttribute>() is not null && IsForeign(method)
            select method];

    public static TheoryData<string> Names => [.. Patterns.Select(Name)];

    [Fact]
    public void Every_generated_pattern_has_a_time_limit_or_does_not_backtrack()
    {
        Assert.True(Patterns.Count > 100);
        Assert.Empty(Patterns.Where(pattern => !IsLimited(Made(pattern))).Select(pattern => $"{Name(pattern)}: add RegexLimit.Milliseconds"));
    }

    [Fact]
    public void Every_pattern_made_at_run_time_has_a_time_limit_or_does_not_backtrack_and_none_is_used_by_its_text_alone()
    {
        var made = new List<string>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(SourceFiles.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)))
        {
            if (path.Contains("/ChatTemplates/", StringComparison.Ordinal) || path.Contains("/obj/", StringComparison.Ordinal)) continue;
            var text = File.ReadAllText(path);
            made.AddRange(Construction().Matches(text).Where(found => !found.Value.Contains("RegexLimit", StringComparison.Ordinal) && !found.Value.Contains("TimeSpan", StringComparison.Ordinal)
                && !found.Value.Contains("NonBacktracking", StringComparison.Ordinal)).Select(found => $"{path}: {found.Value}"));
            made.AddRange(ByText().Matches(text).Select(found => $"{path}: {found.Value} makes a pattern without a limit; use [GeneratedRegex]"));
        }

        Assert.Empty(made);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_of_64_KB_keeps_a_pattern_busy_for_long(string name)
    {
        var method = Patterns.Single(pattern => Name(pattern) == name);
        // Without its limit, which would hide how long it takes.
        var regex = new Regex(Made(method).ToString(), Made(method).Options & ~RegexOptions.Compiled);
        foreach (var text in Texts(regex.ToString()))
        {
            var began = CpuTime();
            var matches = regex.Count(text);
            var took = CpuTime() - began;
            Assert.True(took < most, $"{name} took {took.TotalSeconds:0.0} s of processor time for {matches} matches in a text that begins with {Regex.Escape(text[..30])}");
        }
    }

    private static IEnumerable<string> Texts(string pattern)
    {
        // Its own words, and what patterns are usually slow on: long runs of one kind, and beginnings without an end.
        var words = Words().Matches(pattern).Select(word => word.Value).Distinct().Take(6).ToList();
        string[] pieces =
        [
            "\n", " ", "\t", "a", "A", "0", "-", "_", "*", "`", "#", ">", "<", "[", "(", "{", "\"", "'", "|", "\\", ".", "@", "/", "é", "\n ", " \n", "a ", "a\n", "1. ", "- ", "> ", "aA0_", "<a ", "a@", "a.", "[a](", "```", "``` \n",
            "# \n", "def a", "\"\"\"", "i ", "a-", "1,", "0.", "1 ", .. words, .. words.Select(word => word + " "), .. words.Select(word => $"{word}\n"),
        ];
        foreach (var piece in pieces)
        {
            var run = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
            yield return run;
            if (words.Count > 0) yield return $"{words[0]}{run}";
        }
        if (words.Count > 1) yield return string.Concat(Enumerable.Repeat($"{string.Join(' ', words)} ", Length / (words.Sum(word => word.Length + 1) + 1)));
    }

    private static bool IsLimited(Regex regex) => regex.MatchTimeout != Regex.InfiniteMatchTimeout || regex.Options.HasFlag(RegexOptions.NonBacktracking);

    private static Regex Made(MethodInfo pattern) => (Regex)pattern.Invoke(null, null)!;

    private static string Name(MethodInfo pattern) => $"{pattern.DeclaringType!.FullName}.{pattern.Name}";

    // Of this thread alone: other tests run beside it.
    private static TimeSpan CpuTime()
    {
        Assert.Equal(0, ClockGetTime(3, out var now));
        return TimeSpan.FromSeconds(now.Seconds) + TimeSpan.FromMicroseconds(now.Nanoseconds / 1000.0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);

    [DllImport("libc", EntryPoint = "clock_gettime"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    [GeneratedRegex(@"new Regex\([^;\n]*", RegexOptions.None, 1000)]
    private static partial Regex Construction();

    [GeneratedRegex(@"\bRegex\.(?:IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches|EnumerateSplits)\(", RegexOptions.None, 1000)]
    private static partial Regex ByText();

    [GeneratedRegex(@"(?<![\\(?])[A-Za-z]{2,}", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
