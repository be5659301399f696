using System.Text.RegularExpressions;

namespace Tutor.UnitTests.Flags;

/// <summary>What must not exist: a path from a flag to what a student may do, and a figure about a student.</summary>
public sealed partial class NoSanctionTests
{
    // Reading or writing flags is the business of these alone; admission, quota, levels and ladders are not among them.
    private static readonly string[] flagReaders =
        ["Flags/", "Migrations/", "Interactions/FinishWriter.cs", "Interactions/InteractionReader.cs", "Interactions/LogQuery.cs", "Interactions/Ledger.cs", "Analytics/CourseAnalytics.cs", "Retention/PeopleExpiry.cs", "Audit/AuditLog.cs"];

    private static readonly string[] sources = [.. Directory.EnumerateFiles(Path.Combine(SourceFiles.Root, "src", "Tutor.Data"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/"))];

    [Fact]
    public void Only_what_shows_or_keeps_flags_touches_their_table()
    {
        var touching = sources.Where(f => FlagTable().IsMatch(File.ReadAllText(f))).Select(f => Path.GetRelativePath(Path.Combine(SourceFiles.Root, "src", "Tutor.Data"), f)).ToList();

        Assert.NotEmpty(touching);
        Assert.All(touching, file => Assert.Contains(flagReaders, allowed => file.StartsWith(allowed, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_ledger_writes_a_note_on_rate_and_reads_flags_for_nothing_else()
    {
        var ledger = File.ReadAllText(Path.Combine(SourceFiles.Root, "src/Tutor.Data/Interactions/Ledger.cs"));

        var uses = FlagTable().Matches(ledger).Select(m => m.Value).ToList();

        Assert.Equal(["INTO flag", "FROM flag"], uses);
    }

    [Fact]
    public void Nothing_counts_or_orders_flags_by_student()
    {
        foreach (var file in sources)
            foreach (Match statement in Statement().Matches(File.ReadAllText(file)))
                if (FlagTable().IsMatch(statement.Value))
                    Assert.DoesNotMatch(@"(?is)(GROUP BY|ORDER BY|PARTITION BY)[^;]{0,80}(student_id|p\.name|student_name)", statement.Value);
    }

    [Fact]
    public void What_decides_about_requests_knows_no_flags()
    {
        string[] deciding = ["src/Tutor.Runtime/Hints/SubmitRules.cs", "src/Tutor.Runtime/Admission", "src/Tutor.Core/Hints/Ladder", "src/Tutor.Core/Guard"];
        foreach (var path in deciding.Select(p => Path.Combine(SourceFiles.Root, p)))
            foreach (var file in File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories))
                Assert.DoesNotMatch(@"\bFlagFinding\b|\bFlagCategory\b|Data\.Flags|\.Flagged\b", File.ReadAllText(file));
    }

    [GeneratedRegex(@"\b(?:FROM|JOIN|INTO|UPDATE) flag\b")]
    private static partial Regex FlagTable();

    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"")]
    private static partial Regex Statement();
}
