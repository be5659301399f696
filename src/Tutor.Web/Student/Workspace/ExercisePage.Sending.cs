using System.Data.Common;
using Tutor.Core;
using Tutor.Core.Courses;
using Tutor.Core.Interactions;
using Tutor.Core.Welfare;
using Tutor.Data.Interactions;
using Tutor.Runtime.Hints;
using Tutor.Web.Ui;

namespace Tutor.Web.Student.Workspace;

/// <summary>The way of a request out of the page: personal data is shown first, then it goes, then its answer is followed.</summary>
public sealed partial class ExercisePage
{
    private const string Spent = "You have used today's hints in this course. What you wrote is kept. Read the hints you have again, or ask a TA about one of them.";

    private async Task SubmitAsync(string kind, string? words)
    {
        if (asking || !RendererInfo.IsInteractive)
            return;
        pending = (kind, words);
        problem = InDistress(words ?? question) ? null
            : hint?.IsOpen == true ? "A hint is being written. Wait until it is there, or stop it."
            : quota?.Left == 0 ? Spent : null;
        if (problem is not null)
            return;
        await WhileAskingAsync(async () =>
        {
            await ReadEditorsAsync();
            // Nobody in distress is asked about names first.
            return (sendCheck is null || DistressRule.Find(words ?? question, body, exercise!.Kind) is not null || await sendCheck.MayGoAsync(body, words ?? question, gone))
                && await SendAsync(words ?? question);
        });
    }

    private async Task SendCheckedAsync((string Work, string Question) decided)
    {
        if (decided.Work != body)
            ChangeBody(decided.Work);
        if (pending.Words is null && decided.Question != question)
            ChangeQuestion(decided.Question);
        if (pending.Kind == InteractionKind.FollowUp && decided.Question != followUp)
            ChangeFollowUp(decided.Question);
        await WhileAskingAsync(() => SendAsync(decided.Question));
    }

    private async Task WhileAskingAsync(Func<Task<bool>> send)
    {
        (asking, problem, support) = (true, null, null);
        var accepted = false;
        try
        {
            accepted = await send();
        }
        finally
        {
            asking = false;
        }
        // Not part of asking: the hint may be there, and more be asked for, before a slow browser has scrolled to it.
        if (accepted && script is not null)
            await script.CallAsync("reveal", tutorSide);
    }

    private async Task<bool> SendAsync(string asked)
    {
        var request = new SubmitRequest
        {
            ClientKey = clientKey, CourseId = Course, ExerciseId = ExerciseId, Kind = pending.Kind, Work = body, Question = asked,
            FileName = fileName, Pastes = [.. pastes],
        };
        var result = await desk.SubmitAsync(request, Viewer, gone);
        await TakeResultAsync(result, ownQuestion: pending.Words is null);
        return result is SubmitResult.Accepted;
    }

    // Whatever the day's hints and the running one say, such a message goes out.
    private static bool InDistress(string asked) => DistressRule.Find(asked, "", ExerciseKind.Code) is not null;

    private async Task TakeResultAsync(SubmitResult result, bool ownQuestion)
    {
        clientKey = TutorId.New();
        switch (result)
        {
            case SubmitResult.Supported supported:
                support = supported.Text;
                break;
            case SubmitResult.Accepted { Support: { } text } accepted:
                // There before anything is read from the database, which may have failed since.
                support = text;
                StateHasChanged();
                if (!await ShownFromDatabaseAsync(accepted.InteractionId))
                    break;
                support = null;
                if (ownQuestion)
                    ChangeQuestion("");
                if (pending.Kind == InteractionKind.FollowUp)
                    ChangeFollowUp("");
                navigation.NavigateTo($"{Address}?ask={accepted.InteractionId}");
                break;
            case SubmitResult.Accepted accepted:
                pastes.Clear();
                if (ownQuestion)
                    ChangeQuestion("");
                if (pending.Kind == InteractionKind.FollowUp)
                    ChangeFollowUp("");
                await LoadThreadAsync();
                await LoadQuotaAsync();
                await ShowAsync(accepted.InteractionId);
                navigation.NavigateTo($"{Address}?ask={accepted.InteractionId}");
                break;
            case SubmitResult.QuotaSpent:
                await LoadQuotaAsync();
                problem = Spent;
                break;
            case SubmitResult.NotStored:
                problem = "Tutor could not store your request because its disk is full. Nothing was counted. Keep this page open and try again in a minute.";
                break;
            case SubmitResult.TooFast fast:
                problem = $"That was faster than Tutor can follow. Try again after {ElapsedTime.Clock(fast.ResetAt, Time)}; what you wrote stays where it is.";
                break;
            case SubmitResult.Invalid invalid:
                problem = invalid.Message;
                break;
            default:
                problem = "This exercise is not open to you any more. Load the page again.";
                break;
        }
    }

    private async Task<bool> ShownFromDatabaseAsync(string id)
    {
        try
        {
            await LoadThreadAsync();
            await ShowAsync(id);
            return true;
        }
        catch (Exception error) when (error is DbException or TimeoutException)
        {
            // The text stays on the page as it came; the thread has it at the next load.
            return false;
        }
    }
}
