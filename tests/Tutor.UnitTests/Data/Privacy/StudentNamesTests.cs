using System.Text.Json;
using Tutor.Data.Audit;
using Tutor.Data.Flags;
using Tutor.Data.Interactions;
using Tutor.Data.Similarity;
using Tutor.Tests.Shared;
using static Tutor.UnitTests.Data.SeededCourse;

namespace Tutor.UnitTests.Data.Privacy;

public abstract class StudentNamesTests
{
    public sealed class OnSqlite : StudentNamesTests;
    public sealed class OnPostgres : StudentNamesTests, IOnPostgres;

    [Fact]
    public async Task Staff_read_pseudonyms_everywhere_until_they_ask_for_a_name()
    {
        using var course = await WithAsync(400);
        var (id, student) = await course.FinishedAsync();
        await course.Escalations.AskAsync(id, student, "Please look", Cancel);

        foreach (var viewer in new[] { Ta, Instructor })
        {
            var flags = new FlagQueue(course.Database, course.Names, course.Audit);
            var list = await flags.ListAsync(Course, viewer, "open", null, null, 100, Cancel);
            object?[] all =
            [
                await course.Log.ListAsync(Course, viewer, new LogFilter(), null, null, 400, Cancel), await course.Reader.FindAsync(id, viewer, Cancel),
                await course.Escalations.QueueAsync(Course, viewer, "open", null, 10, Cancel), await course.Escalations.FindForInteractionAsync(id, viewer, Cancel),
                list, await flags.FindAsync(Course, list.Rows[0].Id, viewer, Cancel), await course.Names.ListAsync(Course, viewer, Cancel),
                await new SimilaritySource(course.Database, course.Names, course.Audit).LatestAsync(Course, "average", viewer, Cancel),
            ];
            Assert.All(all, one => Assert.DoesNotContain("Sam Student", JsonSerializer.Serialize(one), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_revealed_name_is_shown_to_who_asked_for_as_long_as_a_visit_and_the_reason_is_noted()
    {
        using var course = await WithAsync(200);
        var (id, student) = await course.FinishedAsync();
        var name = (await course.QueryAsync<string>("SELECT name FROM person WHERE id = @id", new { id = student.PersonId }))[0];
        var alias = (await course.Reader.FindAsync(id, Ta, Cancel))!.Student.Alias;

        Assert.True(await course.Names.RevealAsync(Course, alias, Ta, " To help in person ", Cancel));
        var shown = (await course.Reader.FindAsync(id, Ta, Cancel))!.Student;
        var toColleague = (await course.Reader.FindAsync(id, Instructor, Cancel))!.Student;
        course.Clock.Advance(TimeSpan.FromHours(13));
        var nextDay = (await course.Reader.FindAsync(id, Ta, Cancel))!.Student;
        var entry = Assert.Single((await course.Audit.ListAsync(Course, Instructor, new AuditFilter { Action = AuditAction.Revealed }, null, 10, Cancel)).Rows);

        Assert.Equal((name, true), (shown.Shown, shown.Revealed));
        Assert.Equal(($"Student {alias}", false), (toColleague.Shown, toColleague.Revealed));
        Assert.Equal($"Student {alias}", nextDay.Shown);
        Assert.Equal((Ta.PersonId, alias, "To help in person"), (entry.ActorId, entry.ObjectId, entry.Detail));
    }

    [Fact]
    public async Task Who_no_longer_teaches_loses_the_names_too()
    {
        using var course = await WithAsync(200);
        var (id, _) = await course.FinishedAsync();
        var alias = (await course.Reader.FindAsync(id, Ta, Cancel))!.Student.Alias;
        await course.Names.RevealAsync(Course, alias, Ta, "To help", Cancel);

        await course.ExecuteAsync("DELETE FROM membership WHERE course_id = @Course AND person_id = @Ta", new { Course, Ta = Ta.PersonId });

        Assert.DoesNotContain("Sam", (await course.Names.ForAsync(Course, Ta, Cancel)).Of(SeedInteractions.Student(Course, 1)).Shown, StringComparison.Ordinal);
        Assert.False(await course.Names.RevealAsync(Course, alias, Ta, "To help", Cancel));
    }

    [Fact]
    public async Task A_student_has_one_pseudonym_in_a_course_and_another_one_elsewhere()
    {
        using var course = await WithAsync(20);

        var here = (await course.Names.ForAsync(Course, Ta, Cancel)).Of("somebody").Alias;
        var toInstructor = (await course.Names.ForAsync(Course, Instructor, Cancel)).Of("somebody").Alias;
        var elsewhere = (await course.Names.ForAsync(OtherCourse, Ta, Cancel)).Of("somebody").Alias;

        Assert.Equal(here, toInstructor);
        Assert.NotEqual(here, elsewhere);
        Assert.Matches("^[A-Z2-7]{6}$", here);
    }

    [Fact]
    public async Task A_name_needs_a_reason()
    {
        using var course = await WithAsync(20);

        await Assert.ThrowsAsync<ArgumentException>(() => course.Names.RevealAsync(Course, "ABCDEF", Ta, "x", Cancel));
    }
}
