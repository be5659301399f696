using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Data.Process;

namespace Tutor.UnitTests.Data.Progress;

public abstract class ProcessStoreTests
{
    public sealed class OnSqlite : ProcessStoreTests;
    public sealed class OnPostgres : ProcessStoreTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_requests_on_an_exercise_tell_what_changed_and_what_was_pasted_to_their_student_and_staff_alone()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await SubmitAsync(file, "a = 1\nb = 2\n", []);
        var second = await SubmitAsync(file, "a = 1\nc = 3\n", [new Paste(40, Inside: false), new Paste(5, Inside: true)]);
        var store = new ProcessStore(file.Database, file.Names);

        var own = await store.OfAsync(second, LedgerFile.Student, cancel);

        Assert.Equal([(2, 0), (1, 1)], own.Select(entry => (entry.LinesAdded, entry.LinesRemoved)));
        Assert.Equal([new Paste(40, false), new Paste(5, true)], own[1].Pastes);
        Assert.Empty(own[0].Pastes);
        Assert.Equal(2, (await store.OfAsync(second, LedgerFile.Ta, cancel)).Count);
        Assert.Empty(await store.OfAsync(second, LedgerFile.Other, cancel));
        Assert.Empty(await store.OfAsync(second, LedgerFile.Stranger, cancel));
    }

    private async Task<string> SubmitAsync(LedgerFile file, string work, IReadOnlyList<Paste> pastes)
    {
        file.Clock.Advance(TimeSpan.FromMinutes(1));
        var result = await file.Ledger.SubmitAsync(new NewInteraction
        {
            ClientKey = Guid.NewGuid().ToString(), StudentId = LedgerFile.Student.PersonId, CourseId = LedgerFile.Course, CourseVersionId = "v",
            ExerciseId = LedgerFile.Exercise, Kind = InteractionKind.Hint, Level = HintLevel.Nudge, Work = work, Question = "Why?", Pastes = pastes,
        }, 40, cancel);
        return Assert.IsType<SubmitResult.Accepted>(result).InteractionId;
    }
}
