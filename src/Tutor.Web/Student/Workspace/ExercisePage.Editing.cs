using Microsoft.JSInterop;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Web.Ui;

namespace Tutor.Web.Student.Workspace;

/// <summary>What stands in the editors, and how it gets there.</summary>
public sealed partial class ExercisePage
{
    private void ExpectChange() => keeper?.Expect();

    private void NotePaste(Paste paste) => pastes.Add(paste);

    private DraftText Written => new(body, question, followUp);

    private void ChangeBody(string text)
    {
        body = text;
        keeper?.Keep(Written);
    }

    private void ChangeQuestion(string text)
    {
        question = text;
        keeper?.Keep(Written);
    }

    private void ChangeFollowUp(string text)
    {
        followUp = text;
        keeper?.Keep(Written);
    }

    private Task RestoreAsync(string work) => ReplaceAsync(work, new(ToastType.Info, "That work is in the editor again."));

    private Task StartOverAsync() => ReplaceAsync(exercise!.Starter, new(ToastType.Info, "The editor is as it was at the start."));

    private async Task TakeUploadAsync(Upload upload)
    {
        uploadProblem = upload.Problem;
        if (upload.Problem is not null)
            return;
        await ReplaceAsync(upload.Text, new(ToastType.Success, upload.FileName, $"Its text is in the editor now. {upload.Notice}".TrimEnd()));
        fileName = upload.FileName;
    }

    /// <summary>Puts another text into the editor. The one before can be had back by the notice's button, by the editor's own undo, and from the earlier versions.</summary>
    private async Task ReplaceAsync(string text, ToastMessage message)
    {
        await ReadEditorsAsync();
        if (body == text)
            return;
        var (before, file, here) = (body, fileName, loaded);
        await keeper!.SetAsideAsync(new(before, question));
        ChangeBody(text);
        toasts.Notify(message with { Action = new("Undo", () => InvokeAsync(() =>
        {
            // The notice stays a while after its page is left.
            if (gone.IsCancellationRequested || loaded != here)
                return;
            fileName = file;
            ChangeBody(before);
            StateHasChanged();
        })) });
    }

    private async Task KeepMineAsync()
    {
        await ReadEditorsAsync();
        await keeper!.KeepMineAsync(Written);
    }

    private async Task TakeOtherAsync()
    {
        await ReadEditorsAsync();
        if (keeper!.Elsewhere is not { } other)
            return;
        await keeper.TakeOtherAsync(Written);
        Show(other);
    }

    private void Show(WorkDraft draft) => (body, question, followUp) = (draft.Body, draft.Question, draft.FollowUp);

    /// <summary>The student is back at this window and may have gone on in another one meanwhile.</summary>
    [JSInvokable]
    public Task LookAgainAsync() => InvokeAsync(async () =>
    {
        if (exercise is null || keeper is null || gone.IsCancellationRequested)
            return;
        try
        {
            if (await keeper.LookAsync(gone) is { } newer)
            {
                Show(newer);
                toasts.Notify(new(ToastType.Info, "What you wrote in another window is here now."));
            }
            await LoadQuotaAsync();
            await LoadThreadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left meanwhile.
        }
    });

    private async Task ReadEditorsAsync()
    {
        if (editor is not null)
            await editor.ReadAsync();
        if (questionEditor is not null)
            await questionEditor.ReadAsync();
    }
}
