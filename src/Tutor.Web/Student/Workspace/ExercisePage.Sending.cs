using Tutor.Core;
using Tutor.Core.Welfare;
using Tutor.Data.Interactions;
using Tutor.Runtime.Hints;
using Tutor.Web.Ui;

namespace Tutor.Web.Student.Workspace;

/// <summary>The way of a request out of the page: personal data is shown first, then it goes, then its answer is followed.</summary>
public sealed partial class ExercisePage
{
    private async Task SubmitAsync(string kind, string? words)
    {
        if (asking || !CanAsk)
            return;
        (asking, problem) = (true, null);
        try
        {
            await ReadEditorsAsync();
            pending = (kind, words);
            // Nobody in distress is asked about names first.
            if (sendCheck is null || DistressRule.Find(words ?? question, body, exercise!.Kind) is not null || await sendCheck.MayGoAsync(body, words ?? question, gone))
                await SendAsync(words ?? question);
        }
        finally
        {
            asking = false;
        }
    }

    private async Task SendCheckedAsync((string Work, string Question) decided)
    {
        if (decided.Work != body)
            ChangeBody(decided.Work);
        if (pending.Words is null && decided.Question != question)
            ChangeQuestion(decided.Question);
        (asking, problem) = (true, null);
        try
        {
            await SendAsync(decided.Question);
        }
        finally
        {
            asking = false;
        }
    }

    private async Task SendAsync(string asked)
    {
        var request = new SubmitRequest
        {
            ClientKey = clientKey, CourseId = Course, ExerciseId = ExerciseId, Kind = pending.Kind, Work = body, Question = asked,
            FileName = fileName, Pastes = [.. pastes],
        };
        await TakeResultAsync(await desk.SubmitAsync(request, Viewer, gone), ownQuestion: pending.Words is null);
    }

    private async Task TakeResultAsync(SubmitResult result, bool ownQuestion)
    {
        clientKey = TutorId.New();
        switch (result)
        {
            case SubmitResult.Accepted accepted:
                pastes.Clear();
                if (ownQuestion)
                    ChangeQuestion("");
                await LoadThreadAsync();
                await LoadQuotaAsync();
                await ShowAsync(accepted.InteractionId);
                navigation.NavigateTo($"{Address}?ask={accepted.InteractionId}");
                if (script is not null)
                    await script.CallAsync("reveal", tutorSide);
                break;
            case SubmitResult.QuotaSpent:
                await LoadQuotaAsync();
                problem = "You have used today's hints in this course. Read the hints you have again, or ask a TA about one of them.";
                break;
            case SubmitResult.NotStored:
                problem = "Tutor could not store your request because its disk is full. Nothing was counted. Keep this page open and try again in a minute.";
                break;
            case SubmitResult.TooFast fast:
                problem = $"That was faster than Tutor can follow. Try again after {DateTimeOffset.FromUnixTimeMilliseconds(fast.ResetAt):HH:mm:ss} UTC; what you wrote is saved.";
                break;
            case SubmitResult.Invalid invalid:
                problem = invalid.Message;
                break;
            default:
                problem = "This exercise is not open to you any more. Load the page again.";
                break;
        }
    }
}
