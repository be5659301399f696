using Microsoft.Extensions.Logging;
using Tutor.Core;
using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Pipeline;
using Tutor.Core.Interactions;
using Tutor.Core.Welfare;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Data.Welfare;
using Tutor.Runtime.Hints;

namespace Tutor.Runtime.Welfare;

/// <summary>Answers a message of distress with the support text, before any rule and whatever the database does, and keeps the message for the welfare contact.</summary>
internal sealed partial class DistressDesk(
    CourseStore courses, Ledger ledger, WelfareFeed feed, SupportOptions support, TimeProvider time, ILogger<DistressDesk> logger)
{
    // Longer works and questions are no message; the part around the words is kept.
    private const int KeptWork = 16_000;
    private const int MostWaiting = 1_000;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan tryAgain = TimeSpan.FromSeconds(20);
    private int waiting;

    /// <returns>Null where nobody says such a thing.</returns>
    public async Task<SubmitResult?> AnswerAsync(SubmitRequest request, Viewer student)
    {
        if (DistressRule.Find(request.Question, request.Work, kind: null) is not { } found) return null;
        var course = await CourseAsync(request, student);
        // An essay handed in may be about the subject; where nobody can say what the work is, the text does no harm.
        if (course?.Pack.FindExercise(request.ExerciseId) is { Kind: ExerciseKind.Writing } && found.Field == Distress.Work) return null;

        var reply = SupportReply.To(found, support);
        var answer = new SubmitResult.Supported(reply.Answer);
        if (course?.Pack.FindExercise(request.ExerciseId) is null) return answer;
        // The page may be closed now: what the student wrote is kept all the same.
        var trying = TryAsync(Message(request, course, student, found), reply);
        if (await Task.WhenAny(trying, Task.Delay(patience, time, CancellationToken.None)) == trying && (await trying).Done)
            return (await trying).Kept is { } kept ? kept with { Support = reply.Answer } : answer;
        _ = KeepTryingAsync(trying, Message(request, course, student, found), reply);
        return answer;
    }

    private async Task<CourseVersion?> CourseAsync(SubmitRequest request, Viewer student)
    {
        try
        {
            // SQLite waits for a lock on the thread that asks.
            return await Task.Run(() => courses.FindPublishedAsync(request.CourseId, student, CancellationToken.None)).WaitAsync(patience, time);
        }
        catch (Exception error)
        {
            LogNotStored(error.GetType().Name);
            return null;
        }
    }

    private async Task<(bool Done, SubmitResult.Accepted? Kept)> TryAsync(NewInteraction message, HintOutcome reply)
    {
        try
        {
            var kept = await Task.Run(() => ledger.AnswerAsync(message, reply, CancellationToken.None));
            feed.Publish(message.CourseId);
            return (true, kept);
        }
        catch (Exception error)
        {
            // Whatever it is, the student has the support text. The name alone is logged: a message of the database may quote what was written.
            LogNotStored(error.GetType().Name);
            return (false, null);
        }
    }

    // A message that the disk does not take now is taken once there is room; the client's key keeps it from being stored twice.
    private async Task KeepTryingAsync(Task<(bool Done, SubmitResult.Accepted? Kept)> trying, NewInteraction message, HintOutcome reply)
    {
        if (Interlocked.Increment(ref waiting) <= MostWaiting)
        {
            while (!(await trying).Done)
            {
                await Task.Delay(tryAgain, time, CancellationToken.None);
                trying = TryAsync(message, reply);
            }
        }
        Interlocked.Decrement(ref waiting);
    }

    private static NewInteraction Message(SubmitRequest request, CourseVersion course, Viewer student, Distress found) => new()
    {
        ClientKey = RequestFields.IsKey(request.ClientKey) ? request.ClientKey : TutorId.New(),
        StudentId = student.PersonId, CourseId = request.CourseId, CourseVersionId = course.Id, ExerciseId = request.ExerciseId,
        Kind = InteractionKind.Hint, Level = HintLevel.Nudge,
        Work = found.Around(Distress.Work, request.Work, KeptWork).WithoutBrokenCharacters(),
        Question = found.Around(Distress.Question, request.Question, RequestFields.QuestionLength).WithoutBrokenCharacters(),
    };

    [LoggerMessage(LogLevel.Error, "The database did not take a message for a welfare contact ({Error}). Its writer was answered; it is kept in memory and tried again "
        + "until the portal ends. Make room on the disk, or let the database be written, before a restart")]
    private partial void LogNotStored(string error);
}
