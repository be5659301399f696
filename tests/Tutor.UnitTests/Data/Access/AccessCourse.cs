using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Pipeline;
using Tutor.Core.Interactions;
using Tutor.Core.People;
using Tutor.Core.Privacy;
using Tutor.Core.Welfare;
using Tutor.Data;
using Tutor.Data.Courses;
using Tutor.Data.Escalations;
using Tutor.Data.Interactions;
using Tutor.Data.Lti;
using Tutor.Data.People;
using Tutor.Data.Privacy;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Data.Access;

/// <summary>A course in which there is something of everything, another one beside it, and the stores over both as the portal registers them.</summary>
internal sealed class AccessCourse : IDisposable
{
    public const string Course = "wanted-course";
    public const string ForeignCourse = "elsewhere";
    private static readonly JsonSerializerOptions json = new() { IncludeFields = true };

    private readonly TempLedger ledger = new();
    private readonly ServiceProvider services;

    private AccessCourse()
    {
        var configuration = new ConfigurationBuilder().Build();
        services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock).AddSingleton(new PersonalDataFinder(new PrivacyOptions())).AddTutorData(configuration)
            // The last registration of a type is the one that is used.
            .AddSingleton(ledger.Database).BuildServiceProvider();
    }

    public TestClock Clock { get; } = new();
    public Database Database => ledger.Database;
    public AccessTarget Target { get; private set; } = AccessTarget.Missing;
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public T Store<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<AccessCourse> CreateAsync()
    {
        var course = new AccessCourse();
        await course.SeedAsync();
        return course;
    }

    /// <summary>A result as text, so that two can be compared.</summary>
    public static string Text(object? result) => JsonSerializer.Serialize(result, json);

    public Task<string> StateAsync(params string[] without) => TableState.OfAsync(Database, Cancel, without);

    public void Dispose()
    {
        services.Dispose();
        ledger.Dispose();
    }

    private async Task SeedAsync()
    {
        foreach (var id in new[] { Course, ForeignCourse })
            await Store<CourseStore>().ImportAsync(LedgerFile.Pack(id: id), Cancel);
        await PeopleAsync();
        var interactions = Store<InteractionStore>();
        var first = await AskAsync(Course, Who.Author);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(Course, Who.Author);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(ForeignCourse, Who.ForeignStudent);
        await Store<Ledger>().AnswerAsync(
            New(Course, Who.Author) with { Question = "I want to hurt myself" },
            SupportReply.To(new Distress("self-harm", 1, "question", 10, "hurt myself"), new SupportOptions()), Cancel);
        await Store<EscalationStore>().AskAsync(first, Who.Author, "Please look at this", Cancel);
        await Store<WorkDraftStore>().SaveAsync(Course, LedgerFile.Exercise, Who.Author, new("draft", "why?"), new("window", 0), 1, Cancel);
        await Store<WorkDraftStore>().KeepAsync(Course, LedgerFile.Exercise, Who.Author, "kept", new("older", ""), 1, Cancel);
        await Store<CourseStore>().ImportAsync(LedgerFile.Pack("Be short.", Course), Cancel);
        await Database.ExecuteAsync(
            """
            UPDATE membership SET section = 'A' WHERE course_id = @Course;
            INSERT INTO flag_sample (interaction_id, course_id, drawn_at)
            SELECT id, course_id, 1 FROM interaction i
            WHERE course_id = @Course AND NOT welfare AND NOT EXISTS (SELECT 1 FROM flag_sample s WHERE s.interaction_id = i.id);
            UPDATE interaction SET model = 'small-model' WHERE state = 'done';
            """, new { Course }, Cancel);
        await Store<LaunchStore>().LinkAsync(Course, new LinkedContext("platform", "context", "https://platform.example.edu/members"), Cancel);
        var entry = (await Store<InteractionLog>().ListAsync(Course, Who.Instructor, new LogFilter(), null, null, 1, Cancel)).Rows[0];
        await Store<InteractionReader>().FindAsync(first, Who.Instructor, Cancel);
        Clock.Advance(TimeSpan.FromHours(1));
        Target = new AccessTarget
        {
            Course = Course, Exercise = LedgerFile.Exercise, Interaction = first,
            Distress = await OneAsync("SELECT id FROM interaction WHERE welfare"),
            Flag = await OneAsync("SELECT id FROM flag WHERE interaction_id = @first", new { first }),
            Escalation = await OneAsync("SELECT id FROM escalation"),
            Notice = await OneAsync("SELECT id FROM welfare_notice"),
            Version = await OneAsync("SELECT id FROM course_version WHERE course_id = @Course AND number = 1", new { Course }),
            Alias = Assert.Single(await Store<StudentNames>().ListAsync(Course, Who.Instructor, Cancel), name => name.Alias == entry.Student.Alias).Alias,
            Published = await OneAsync("SELECT published_version_id FROM course WHERE id = @Course", new { Course }),
        };
    }

    private async Task PeopleAsync()
    {
        var people = Store<PersonStore>();
        foreach (var person in Who.All.Except([Who.Nobody]))
            await people.UpsertAsync(new Person { Id = person.PersonId, Name = $"Name of {person.PersonId}" }, Cancel);
        foreach (var (course, person, role) in new[]
        {
            (Course, Who.Author, Role.Student), (Course, Who.Classmate, Role.Student), (Course, Who.Ta, Role.Ta), (Course, Who.Instructor, Role.Instructor),
            (Course, Who.Contact, Role.Welfare), (ForeignCourse, Who.ForeignStudent, Role.Student), (ForeignCourse, Who.ForeignTa, Role.Ta),
            (ForeignCourse, Who.ForeignInstructor, Role.Instructor), (ForeignCourse, Who.ForeignContact, Role.Welfare),
        })
            await people.JoinAsync(course, person.PersonId, role, Cancel);
    }

    private async Task<string> AskAsync(string course, Viewer student)
    {
        var ledger = Store<Ledger>();
        var id = Assert.IsType<SubmitResult.Accepted>(await ledger.SubmitAsync(New(course, student), 40, Cancel)).InteractionId;
        var attempt = await ledger.ClaimAsync(id, 0, "node-1", LedgerFile.Lease, Cancel);
        Assert.True(await ledger.FinishAsync(LedgerFile.Finished(id, Assert.NotNull(attempt)), Cancel));
        return id;
    }

    private static NewInteraction New(string course, Viewer student) => new()
    {
        ClientKey = Guid.NewGuid().ToString(), StudentId = student.PersonId, CourseId = course, CourseVersionId = "v", ExerciseId = LedgerFile.Exercise,
        Kind = InteractionKind.Hint, Level = HintLevel.Nudge, Work = "def average(n): return sum(n) / len(n)", Question = "Why?",
    };

    private async Task<string> OneAsync(string sql, object? parameters = null) => (await Database.QueryAsync<string>(sql, parameters, Cancel))[0];
}
