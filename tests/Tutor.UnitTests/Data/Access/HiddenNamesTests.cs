using Tutor.Data.Audit;
using Tutor.Data.Interactions;
using Tutor.Data.Privacy;
using static Tutor.UnitTests.Data.Access.AccessCourse;

namespace Tutor.UnitTests.Data.Access;

/// <summary>Students write their names into their work. Staff read them when they have asked for the name, and not before.</summary>
/// <remarks>It goes through the rows of the access matrix, and a method without a row there fails that matrix: so a new one is tried here too.</remarks>
public abstract class HiddenNamesTests
{
    public sealed class OnSqlite : HiddenNamesTests;
    public sealed class OnPostgres : HiddenNamesTests, IOnPostgres;

    // Lists of people by name, which is what they are for, and the export's raw material, which it cleans itself.
    private static readonly string[] byName =
        ["PersonStore.MembersAsync", "ClassListStore.ListAsync", "ClassListStore.PlanAsync", "StudentNames.SearchAsync", "ExportStore.PeopleAsync", "ExportStore.ReadAsync"];

    [Fact]
    public async Task Staff_read_no_name_in_any_text_of_a_student_before_they_ask_for_it()
    {
        using var course = await NamedAsync();

        var told = await ToldAsync(course);

        Assert.Equal([], told);
    }

    [Fact]
    public async Task Who_asked_for_the_name_reads_the_text_as_it_was_written_and_nobody_else_does()
    {
        using var course = await NamedAsync();
        await course.Store<StudentNames>().RevealAsync(Course, course.Target.Alias, Who.Ta, "To help in person", Cancel);

        var read = (await course.Store<InteractionReader>().FindAsync(course.Target.Interaction, Who.Ta, Cancel))!;
        var colleague = (await course.Store<InteractionReader>().FindAsync(course.Target.Interaction, Who.Instructor, Cancel))!;
        var own = (await course.Store<InteractionStore>().FindAsync(course.Target.Interaction, Who.Author, Cancel))!;

        Assert.Equal("# Kofi Lund, kofi.lund@uni.example.edu\nx = 1", read.Work);
        Assert.Equal("# [name], [e-mail]\nx = 1", colleague.Work);
        Assert.Equal(read.Work, own.Work);
    }

    [Fact]
    public async Task A_search_finds_nobody_by_name_and_the_rest_of_the_text_as_before()
    {
        using var course = await NamedAsync();
        await course.Database.ExecuteAsync("DELETE FROM interaction_search", null, Cancel);

        var added = await course.Store<SearchIndex>().CatchUpAsync(Cancel);

        Assert.Equal((3, 0), (added, await course.Store<SearchIndex>().CatchUpAsync(Cancel)));
        foreach (var text in new[] { "Kofi", "Lund", "kofi lund", "kofi.lund@uni.example.edu", "kofi_lund", "Kof" })
            Assert.Empty((await FindAsync(text)).Rows);
        Assert.NotEmpty((await FindAsync("thinks")).Rows);

        Task<LogPage> FindAsync(string text) => course.Store<InteractionLog>().ListAsync(Course, Who.Ta, new LogFilter { Text = text }, null, null, 10, Cancel);
    }

    [Fact]
    public async Task A_student_is_looked_up_by_name_with_a_reason_that_is_noted()
    {
        using var course = await NamedAsync();
        var names = course.Store<StudentNames>();

        var found = Assert.Single(await names.SearchAsync(Course, "lund KOF", Who.Ta, 10, Cancel));
        foreach (var none in new[] { "", "x", "a b", "......", "because" })
            await Assert.ThrowsAsync<ArgumentException>(() => names.LookUpAsync(Course, found.Id, Who.Ta, none, Cancel));
        var alias = await names.LookUpAsync(Course, found.Id, Who.Ta, "They came to office hours", Cancel);

        Assert.Equal(course.Target.Alias, alias);
        var noted = Assert.Single((await course.Store<AuditLog>().ListAsync(Course, Who.Instructor, new AuditFilter { Action = AuditAction.Revealed }, null, 10, Cancel)).Rows);
        Assert.Equal((Who.Ta.PersonId, alias, "They came to office hours"), (noted.ActorId, noted.ObjectId, noted.Detail));
        Assert.Null(await names.LookUpAsync(Course, Who.ForeignStudent.PersonId, Who.Ta, "They came to office hours", Cancel));
    }

    // What each method says to staff in which a part of the name is left.
    private static async Task<List<string>> ToldAsync(AccessCourse course)
    {
        var told = new List<string>();
        foreach (var row in AccessRows.All.Where(row => row.Writes.Count == 0 && !byName.Contains(row.Method)))
            foreach (var viewer in Who.Staff)
            {
                var said = Text(await row.Call(course, course.Target, viewer));
                if (said.Contains("kofi", StringComparison.OrdinalIgnoreCase) || said.Contains("lund", StringComparison.OrdinalIgnoreCase)) told.Add($"{row.Method} as {viewer.PersonId}: {said}");
            }
        return told;
    }

    private static async Task<AccessCourse> NamedAsync()
    {
        var course = await CreateAsync();
        const string said = "Kofi Lund thinks so";
        await course.Database.ExecuteAsync(
            """
            UPDATE person SET name = 'Kofi Lund', email = 'kofi.lund@uni.example.edu' WHERE id = @Author;
            UPDATE submission SET body = @work, file_name = 'kofi_lund.py' WHERE student_id = @Author;
            UPDATE interaction SET question = @said, answer = @said, rating = -1, rating_reason = @said, error = NULL, writer_reason = 'No model is set up.',
                basis = replace(basis, 'average([]) raised ZeroDivisionError', @said) WHERE student_id = @Author AND NOT welfare;
            UPDATE interaction_step SET detail = @said; UPDATE verdict SET span = @said, reason = @said;
            UPDATE flag SET quote = @said, explanation = @said, answer = @said, model_quote = @said; UPDATE escalation SET message = @said;
            """,
            new { Author = Who.Author.PersonId, said, work = "# Kofi Lund, kofi.lund@uni.example.edu\nx = 1" }, Cancel);
        // The names of a course are read again every few minutes.
        course.Clock.Advance(TimeSpan.FromMinutes(10));
        return course;
    }
}
