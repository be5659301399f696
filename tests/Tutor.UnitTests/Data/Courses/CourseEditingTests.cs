using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Data.Courses;
using static Tutor.UnitTests.Data.LedgerFile;

namespace Tutor.UnitTests.Data.Courses;

public abstract class CourseEditingTests
{
    public sealed class OnSqlite : CourseEditingTests;
    public sealed class OnPostgres : CourseEditingTests, IOnPostgres;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edit_becomes_the_next_version_and_reaches_students_at_once()
    {
        using var file = await CreateAsync(Cancel);
        var (editing, before) = await OpenAsync(file);

        var outcome = await editing.PublishAsync(
            before.Pack with { Prompt = "Ask before you tell.", Quota = new Quota { HintsPerDay = 12 } }, before.Id, " Ask first ", Instructor, Cancel);

        Assert.Equal(PublishResult.Published, outcome.Result);
        var now = (await file.Courses.FindPublishedAsync(Course, Student, Cancel))!;
        Assert.Equal((before.Number + 1, "Ask before you tell.", 12), (now.Number, now.Pack.Prompt, now.Pack.Quota.HintsPerDay));
        var row = (await file.Courses.VersionsAsync(Course, Instructor, Cancel))[0];
        Assert.Equal((VersionSource.Portal, "Ask first", Instructor.PersonId, true), (row.Source, row.Note, row.AuthorName, row.Published));
    }

    [Fact]
    public async Task Who_was_overtaken_by_a_colleague_writes_nothing_and_learns_by_whom()
    {
        using var file = await CreateAsync(Cancel);
        var (editing, before) = await OpenAsync(file);
        await editing.PublishAsync(before.Pack with { Prompt = "Mine first." }, before.Id, "First", Instructor, Cancel);

        var outcome = await editing.PublishAsync(before.Pack with { Prompt = "Mine second." }, before.Id, "Second", Instructor, Cancel);

        Assert.Equal(PublishResult.Overtaken, outcome.Result);
        Assert.Equal((Instructor.PersonId, "First"), (outcome.Before!.PublishedBy, outcome.Before.Note));
        Assert.Equal("Mine first.", (await file.Courses.FindPublishedAsync(Course, Student, Cancel))!.Pack.Prompt);
        Assert.Equal(2, (await file.Courses.VersionsAsync(Course, Instructor, Cancel)).Count);
    }

    [Fact]
    public async Task Of_two_who_publish_at_once_one_is_overtaken()
    {
        using var file = await CreateAsync(Cancel);
        var (editing, before) = await OpenAsync(file);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 6).Select(n =>
            editing.PublishAsync(before.Pack with { Prompt = $"Version of {n}." }, before.Id, "", Instructor, Cancel)));

        Assert.Single(outcomes, o => o.Result == PublishResult.Published);
        Assert.Equal(5, outcomes.Count(o => o.Result == PublishResult.Overtaken));
    }

    [Fact]
    public async Task Rolling_back_publishes_the_old_version_itself()
    {
        using var file = await CreateAsync(Cancel);
        var (editing, before) = await OpenAsync(file);
        await editing.PublishAsync(before.Pack with { Policy = new HintPolicy { HighestLevel = HintLevel.Nudge } }, before.Id, "Strict", Instructor, Cancel);
        var strict = (await file.Courses.FindPublishedAsync(Course, Instructor, Cancel))!;

        var outcome = await editing.PublishAgainAsync(Course, before.Id, strict.Id, Instructor, Cancel);

        Assert.Equal(PublishResult.Published, outcome.Result);
        Assert.Equal(before.Id, (await file.Courses.FindPublishedAsync(Course, Student, Cancel))!.Id);
        Assert.Equal(PublishResult.NothingChanged, (await editing.PublishAgainAsync(Course, before.Id, before.Id, Instructor, Cancel)).Result);
        Assert.Equal(PublishResult.Overtaken, (await editing.PublishAgainAsync(Course, strict.Id, strict.Id, Instructor, Cancel)).Result);
    }

    [Fact]
    public async Task Publishing_what_is_published_makes_no_version()
    {
        using var file = await CreateAsync(Cancel);
        var (editing, before) = await OpenAsync(file);

        Assert.Equal(PublishResult.NothingChanged, (await editing.PublishAsync(before.Pack, before.Id, "Nothing", Instructor, Cancel)).Result);
        Assert.Single(await file.Courses.VersionsAsync(Course, Instructor, Cancel));
    }

    [Fact]
    public async Task Only_instructors_of_the_course_publish()
    {
        using var file = await CreateAsync(Cancel);
        var (editing, before) = await OpenAsync(file);

        foreach (var viewer in new[] { Student, Ta, Stranger })
        {
            Assert.Equal(PublishResult.NotAllowed, (await editing.PublishAsync(before.Pack with { Prompt = "x" }, before.Id, "", viewer, Cancel)).Result);
            Assert.Equal(PublishResult.NotAllowed, (await editing.PublishAgainAsync(Course, before.Id, before.Id, viewer, Cancel)).Result);
        }
        Assert.Single(await file.Courses.VersionsAsync(Course, Instructor, Cancel));
    }

    private static async Task<(CourseEditing, CourseVersion)> OpenAsync(LedgerFile file) =>
        (new CourseEditing(file.Database, new VersionWriter(file.Clock), file.Audit),
         (await file.Courses.FindPublishedAsync(Course, Instructor, Cancel))!);
}
