using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Tutor.Core.Courses;
using Tutor.Core.Guard;
using Tutor.Core.Guard.Calls;
using Tutor.Core.Hints.Prompting;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>Has a model write the hint, through the guard: a reply that gives the answer away is asked for once more, then cut, then given up.</summary>
internal sealed class ModelWriter(HintRequest request, ComposedPrompt prompt, LeakGuard guard, LeakAction onLeak, Func<CallCheck?> checkCalls, IChatClient model, HintLog log)
{
    public const string HeldBack = "A part of this hint gave too much away and was held back.";
    private const string ByModel = "This hint was written by a language model and checked by Tutor. It may be wrong: trust the tests more.";
    private const string CutShort = "It grew too long and was cut after its last whole sentence; ask about it if something is missing.";
    private const string Again =
        "Your last reply was held back, because it handed over a part of the solution. Write the hint again: explain the idea in words, ask one question, quote only "
        + "the student's own lines, and write no code.";

    private readonly List<LeakVerdict> verdicts = [];
    private ModelUsage usage = ModelUsage.None;
    private ModelResult about = new();

    /// <param name="ladderText">What the ladder would write; a draft that begins it is the ladder's and is not continued.</param>
    public async Task<ModelResult> WriteAsync(string ladderText, CancellationToken cancel)
    {
        var draft = ladderText.StartsWith(request.Partial, StringComparison.Ordinal) ? "" : request.Partial;
        if (draft.Length == 0) log.TakeBack("Tutor begins this hint anew.");
        var first = await AskAsync(prompt.Messages, draft, request.Course.Pack.Model.Temperature, cancel);
        if (first is null) return Finish(null, "none");
        if (!first.Leaked) return Finish(first.Released, "none", first.WasCut);

        if (onLeak != LeakAction.AskAgain) return onLeak == LeakAction.Redact ? await CutAsync(first, cancel) : Finish(null, "ladder");

        log.TakeBack($"{HeldBack} Tutor writes it again.");
        // The first reply is not sent back: what leaked once is not put in front of the model again.
        var system = prompt.Messages[0];
        var second = await AskAsync([system, prompt.Messages[1] with { Text = $"{prompt.Messages[1].Text}\n{Again}" }], "", request.Course.Pack.Model.Temperature / 2, cancel);
        if (second is null) return Finish(null, "ladder");
        return second.Leaked ? await CutAsync(second, cancel) : Finish(second.Released, "regenerated", second.WasCut);
    }

    private async Task<ModelResult> CutAsync(ModelReply leaked, CancellationToken cancel)
    {
        if (await RedactAsync(leaked, cancel) is not { } redacted) return Finish(null, "ladder");

        var calls = checkCalls();
        if (calls is not null) redacted = await calls.MendAsync(redacted) + calls.Note;
        verdicts.AddRange(calls?.Findings ?? []);
        log.Show(redacted, HeldBack);
        return Finish(redacted, "redacted");
    }

    // Null when no host could write it to the end.
    private async Task<ModelReply?> AskAsync(IReadOnlyList<PromptMessage> messages, string draft, float temperature, CancellationToken cancel)
    {
        about = about with { Messages = messages, Seed = SeedOf(temperature) };
        var reply = new ModelReply(guard, checkCalls, draft, prompt.Marks, log);
        var written = await log.StepAsync("generate", async notes =>
        {
            var record = new CallRecord();
            var whole = await StreamAsync(reply, record, messages, draft, temperature, notes, cancel);
            notes.Usage = ModelUsage.Of(record);
            notes.Detail = CallWords.Of(record, notes.Detail);
            usage += notes.Usage;
            about = about with { Asked = about.Asked || record.Parts.Count > 0, Model = reply.Model ?? about.Model, Host = reply.Host ?? about.Host };
            return whole;
        });
        if (!written) return null;

        return await log.StepAsync("guard", async notes =>
        {
            if (!reply.Leaked) await reply.FinishAsync(cancel);
            verdicts.AddRange(reply.Verdicts);
            if (!reply.Leaked) verdicts.AddRange(reply.Mended);
            notes.Detail = $"{(reply.Leaked ? $"Held back: {reply.Verdicts[0].Layer}. {reply.Verdicts[0].Reason}" : "Let through.")} Judging took {reply.JudgedFor.TotalMilliseconds:0} ms.";
            if (reply is { Leaked: false, WasCut: true }) notes.Detail += " The reply ended at a limit of length or time; what came after its last whole sentence is left out.";
            if (!reply.Leaked && string.IsNullOrWhiteSpace(reply.Released)) notes.Detail = "The model wrote nothing that could be shown.";
            return reply.Leaked || !string.IsNullOrWhiteSpace(reply.Released) ? reply : null;
        });
    }

    private async Task<bool> StreamAsync(
        ModelReply reply, CallRecord record, IReadOnlyList<PromptMessage> messages, string draft, float temperature, StepNotes notes, CancellationToken cancel)
    {
        try
        {
            var asked = messages.Select(m => new ChatMessage(new ChatRole(m.Role), m.Text)).ToList();
            if (draft.Length > 0) asked.Add(new ChatMessage(ChatRole.Assistant, draft));
            await foreach (var update in model.GetStreamingResponseAsync(asked, Options(temperature, record), cancel).WithCancellation(cancel))
            {
                await reply.TakeAsync(update, cancel);
                // Leaving the loop ends the call: tokens nobody may see are not paid for.
                if (reply.Leaked) break;
            }

            notes.Detail = $"Temperature {temperature:0.##}{(draft.Length > 0 ? $", continued after {draft.Length} characters" : "")}.";
            return true;
        }
        catch (ModelUnavailableException none)
        {
            (notes.State, notes.Detail) = (record.Parts.Count > 0 ? "failed" : "skipped", none.Message);
            return false;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            // Whatever a host or its client threw, the student gets the instructor's hint. Its message may quote the prompt.
            (notes.State, notes.Detail) = ("failed", $"The call failed ({failure.GetType().Name}).");
            return false;
        }
    }

    // What is left has been judged by every layer again. A reply that repeats the prompt is not worth cutting.
    private async Task<string?> RedactAsync(ModelReply reply, CancellationToken cancel) =>
        !reply.Verdicts.Any(v => v.Layer == LeakLayer.PromptEcho) && await guard.RedactAsync(reply.Received, cancel) is { } rest ? $"{rest}\n\n*{HeldBack}*" : null;

    private ChatOptions Options(float temperature, CallRecord record) => new()
    {
        ModelId = request.Course.Pack.Model.Name is { Length: > 0 } name ? name : null,
        Temperature = temperature,
        MaxOutputTokens = request.Course.Pack.Model.MaxOutputTokens,
        Seed = SeedOf(temperature),
        AdditionalProperties = new() { [ModelCall.Affinity] = request.Course.Id, [ModelCall.Record] = record },
    };

    // The same for every attempt at the same interaction, so that a run can be repeated; 31 bits, which every engine takes.
    private long SeedOf(float temperature) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.InteractionId}\n{temperature}"))) & int.MaxValue;

    private ModelResult Finish(string? answer, string action, bool wasCut = false)
    {
        var reason = action == "redacted" ? $"{ByModel} {HeldBack}" : wasCut ? $"{ByModel} {CutShort}" : ByModel;
        return about with { Answer = answer, GuardAction = action, Reason = reason, Verdicts = verdicts, Usage = usage };
    }
}
