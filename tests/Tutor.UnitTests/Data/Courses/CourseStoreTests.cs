using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Data;
using Tutor.Data.Courses;

namespace Tutor.UnitTests.Data.Courses;

public abstract class CourseStoreTests
{
    public sealed class OnSqlite : CourseStoreTests;
    public sealed class OnPostgres : CourseStoreTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_that_import_the_same_files_at_once_make_one_version()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var pack = LedgerFile.Pack(id: "new-course");

        var imports = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            () => new CourseStore(file.Database, new VersionWriter(file.Clock)).ImportAsync(pack, cancel), cancel)));

        Assert.Single(imports, import => import.Changed);
        Assert.Single(imports.Select(import => import.Published.Id).Distinct());
        Assert.Equal(1, await file.Database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM course_version WHERE course_id = 'new-course'", null, cancel));
    }

    [Fact]
    public async Task Importing_the_same_files_again_makes_no_version()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        var again = await file.Courses.ImportAsync(LedgerFile.Pack(), cancel);

        Assert.False(again.Changed);
        Assert.Equal(1, again.Published.Number);
        Assert.Equal(1, await file.CountAsync("course_version", cancel));
    }

    [Fact]
    public async Task A_pack_reads_back_as_it_was_imported()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var fresh = new CourseStore(file.Database, new VersionWriter(file.Clock));

        var version = await fresh.FindPublishedAsync(LedgerFile.Course, LedgerFile.Student, cancel);

        Assert.Equal(LedgerJson.Write(LedgerFile.Pack()), LedgerJson.Write(version!.Pack));
        Assert.Equal("What does {call} give?", version.Pack.Exercises[0].Ladder.Otherwise[HintLevel.Nudge]);
    }

    [Fact]
    public async Task Restarting_with_the_same_files_leaves_what_the_instructor_published_in_the_portal()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await EditAsync(file, "Ask questions.");

        var again = await file.Courses.ImportAsync(LedgerFile.Pack(), cancel);

        Assert.False(again.Changed);
        Assert.Equal("Ask questions.", again.Published.Pack.Prompt);
    }

    [Fact]
    public async Task Newer_files_keep_what_only_the_portal_changed()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await EditAsync(file, "Ask questions.");

        var import = await file.Courses.ImportAsync(LedgerFile.Pack() with { Quota = new Quota { HintsPerDay = 7 } }, cancel);

        Assert.True(import.Changed);
        Assert.Equal(("Ask questions.", 7), (import.Published.Pack.Prompt, import.Published.Pack.Quota.HintsPerDay));
    }

    [Fact]
    public async Task Where_files_and_portal_both_changed_a_part_the_newer_files_win()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await EditAsync(file, "Ask questions.");

        var import = await file.Courses.ImportAsync(LedgerFile.Pack("Be brief."), cancel);

        Assert.Equal("Be brief.", import.Published.Pack.Prompt);
        Assert.Equal([3, 2, 1], (await file.Courses.VersionsAsync(LedgerFile.Course, LedgerFile.Ta, cancel)).Select(v => v.Number));
    }

    [Fact]
    public async Task Passages_for_staff_are_not_read_for_students()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var version = await file.Courses.FindPublishedAsync(LedgerFile.Course, LedgerFile.Student, cancel);

        var passages = await file.Courses.StudentPassagesAsync(version!.Id, cancel);

        Assert.Equal(["Edge cases", "Loops"], passages.Select(p => p.Heading).Order());
        Assert.All(passages, passage => Assert.Equal(Audience.Student, passage.Audience));
        Assert.Equal(3, await file.CountAsync("passage", cancel));
    }

    private async Task EditAsync(LedgerFile file, string prompt)
    {
        var published = await file.Courses.FindPublishedAsync(LedgerFile.Course, LedgerFile.Instructor, cancel);
        var outcome = await new CourseEditing(file.Database, new VersionWriter(file.Clock), file.Audit)
            .PublishAsync(published!.Pack with { Prompt = prompt }, published.Id, "Softer", LedgerFile.Instructor, cancel);
        Assert.Equal(PublishResult.Published, outcome.Result);
    }
}
