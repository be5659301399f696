using Tutor.Core.Hints;
using Tutor.Core.Hints.Pipeline;
using Tutor.Core.Interactions;
using Tutor.Core.Welfare;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using static Tutor.UnitTests.Data.Access.AccessCourse;

namespace Tutor.UnitTests.Data.Access;

/// <summary>A message of distress is for its writer and the welfare contact. Whatever else anybody reads is the same with it and without it.</summary>
/// <remarks>It goes through the rows of the access matrix, and a method without a row there fails that matrix: so a new one is tried here too.</remarks>
public abstract class WelfareSecrecyTests
{
    public sealed class OnSqlite : WelfareSecrecyTests;
    public sealed class OnPostgres : WelfareSecrecyTests, IOnPostgres;

    // Everything a row can have that some figure counts, and a student and a work that are in no other request.
    private const string Conspicuous =
        """
        UPDATE interaction SET rating = -1, rating_reason = 'no', model = 'distressing-model', host = 'far', guard_action = 'redacted', level = 4, writer = 'model',
            first_failing_test = 'distressing-test', input_tokens = 1000, output_tokens = 500, cost_micro = 77, started_at = asked_at + 5
        WHERE welfare;
        INSERT INTO verdict (id, interaction_id, layer, span, reason) SELECT id, id, 'UnknownCall', 'x', 'y' FROM interaction WHERE welfare;
        """;

    private const string Gone =
        """
        DELETE FROM verdict WHERE interaction_id IN (SELECT id FROM interaction WHERE welfare);
        DELETE FROM paste WHERE interaction_id IN (SELECT id FROM interaction WHERE welfare);
        DELETE FROM welfare_notice;
        DELETE FROM interaction WHERE welfare;
        DELETE FROM submission WHERE id NOT IN (SELECT submission_id FROM interaction);
        """;

    [Fact]
    public async Task Nobody_but_its_writer_and_the_contact_reads_anything_that_a_message_of_distress_has_changed()
    {
        using var course = await CreateAsync();
        await WriteAsync(course, Who.Author, "print('I want to die')", failed: false);
        await WriteAsync(course, Who.Classmate, "print('I want to die')", failed: false);
        await WriteAsync(course, Who.Author, "x = 1", failed: true);
        await course.Database.ExecuteAsync(Conspicuous, null, Cancel);

        // What reading itself writes down is there after the first round.
        await AnswersAsync(course);
        var with = await AnswersAsync(course);
        await course.Database.ExecuteAsync(Gone, null, Cancel);
        var without = await AnswersAsync(course);

        Assert.NotEmpty(with);
        Assert.Equal([], with.Where(said => said.Value != without[said.Key]).Select(said => $"{said.Key}: {said.Value} and without it {without[said.Key]}"));
    }

    private static async Task<Dictionary<string, string>> AnswersAsync(AccessCourse course)
    {
        var answers = new Dictionary<string, string>();
        foreach (var (row, number) in AccessRows.All.Select((row, number) => (row, number)).Where(at => at.row.Writes.Count == 0))
        {
            foreach (var viewer in Who.All.Except([Who.Author, Who.Classmate, Who.Contact]))
                answers[$"{row.Method} ({number}) as {viewer.PersonId}"] = Text(await row.Call(course, course.Target, viewer));
        }
        return answers;
    }

    private static async Task WriteAsync(AccessCourse course, Viewer student, string work, bool failed)
    {
        course.Clock.Advance(TimeSpan.FromMinutes(1));
        var distress = new Distress("self-harm", 1, "question", 0, "I want to die");
        var result = await course.Store<Ledger>().AnswerAsync(
            new NewInteraction
            {
                ClientKey = Guid.NewGuid().ToString(), StudentId = student.PersonId, CourseId = Course, CourseVersionId = "v", ExerciseId = LedgerFile.Exercise,
                Kind = InteractionKind.Hint, Level = HintLevel.Nudge, Work = work, Question = "I want to die", Pastes = [new Paste(9, false)],
            },
            SupportReply.To(distress, new SupportOptions()), Cancel);
        Assert.NotNull(result);
        if (failed)
            await course.Database.ExecuteAsync("UPDATE interaction SET state = 'failed' WHERE id = @InteractionId", new { result.InteractionId }, Cancel);
    }
}
