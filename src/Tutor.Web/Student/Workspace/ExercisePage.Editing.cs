using Tutor.Core.Interactions;
using Tutor.Web.Ui;

namespace Tutor.Web.Student.Workspace;

/// <summary>What stands in the editors, and how it gets there.</summary>
public sealed partial class ExercisePage
{
    private void ExpectChange() => keeper?.Expect();

    private void NotePaste(Paste paste) => pastes.Add(paste);

    private void ChangeBody(string text)
    {
        body = text;
        keeper?.Keep(body, question);
    }

    private void ChangeQuestion(string text)
    {
        question = text;
        keeper?.Keep(body, question);
    }

    private Task RestoreAsync(string work)
    {
        ChangeBody(work);
        toasts.Notify(new(ToastType.Info, "Your earlier work is in the editor again. Undo brings back what was there."));
        return Task.CompletedTask;
    }

    private Task StartOverAsync()
    {
        ChangeBody(exercise!.Starter);
        toasts.Notify(new(ToastType.Info, "The editor is as it was at the start. Undo brings back what was there."));
        return Task.CompletedTask;
    }

    private void TakeUpload(Upload upload)
    {
        uploadProblem = upload.Problem;
        if (upload.Problem is not null)
            return;
        fileName = upload.FileName;
        ChangeBody(upload.Text);
        toasts.Notify(new(ToastType.Success, upload.FileName, upload.Notice.Length > 0 ? upload.Notice : "Its text is in the editor now. Undo brings back what was there."));
    }

    private async Task ReadEditorsAsync()
    {
        if (editor is not null)
            await editor.ReadAsync();
        if (questionEditor is not null)
            await questionEditor.ReadAsync();
    }
}
