using Microsoft.Extensions.AI;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Flags;
using Tutor.Core.Guard;
using Tutor.Core.Guard.Calls;
using Tutor.Core.Hints.Ladder;
using Tutor.Core.Hints.Prompting;
using Tutor.Core.Interactions;
using Tutor.Core.Retrieval;
using Tutor.Core.Welfare;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>One attempt at one hint, stage by stage.</summary>
internal sealed class HintRun(
    HintRequest request, HintLog log, IChatClient model, EvidenceCollector collector, ICodeRunner runner, RubricRetriever retriever, MisuseScreen screen,
    PromptPrivacy privacy, SupportOptions support, PythonLibrary library, TimeProvider time)
{
    private const string WrittenAnew = "Tutor begins this hint anew.";
    private const string BrokeOff = "The model stopped in the middle of its hint, so this one stands in its place.";
    private const string ClosedAssessment = "This looks like text of a closed assessment, so Tutor explains ideas only.";

    public async Task<HintOutcome> WriteAsync(CancellationToken cancel)
    {
        var (compared, question) = await log.StepAsync("clean", Clean);
        if (DistressRule.Find(request.Question, request.Work, request.Exercise.Kind) is { } distress) return Support(distress);
        var flags = await log.StepAsync("screen", Screen);

        var policy = request.Course.Pack.PolicyFor(request.Exercise);
        if (policy.AttemptFirst && FixedReplies.IsUntouched(request.Work, request.Exercise.Starter))
        {
            return Reply(FixedReplies.TryFirst(request.Exercise), "In this course Tutor helps once you have made a first attempt.", flags);
        }

        var evidence = await CollectAsync(policy, cancel);
        cancel.ThrowIfCancellationRequested();
        if (AnswerTableRule.Find(request, evidence) is { } table) flags = [.. flags, table];
        var passages = await log.StepAsync("retrieve", notes => Retrieve(compared, question, evidence, notes));
        // Ideas help with a closed assessment as a book would; more would be taking it for the student.
        var closed = flags.Any(f => f.Category == FlagCategory.AssessmentText);
        var highest = closed && policy.HighestLevel > HintLevel.Concept ? HintLevel.Concept : policy.HighestLevel;
        var level = request.Level > highest ? highest : request.Level;
        var open = !closed && policy.MayDiscussSolution(request.Exercise.Due, evidence.PassHolds, time.GetUtcNow());
        var prompt = await log.StepAsync("compose", notes =>
        {
            var hidden = privacy.Mask(request);
            var composed = HintComposer.Compose(hidden.Request, hidden.Work, hidden.Question, evidence, passages, level, open);
            notes.Detail = hidden.Count == 0 ? composed.Detail : $"{composed.Detail} Personal data hidden in {hidden.Count} places.";
            return composed;
        });

        var ladder = LadderWriter.Write(LadderRequest.Of(request with { Level = level }, evidence));
        var shown = request.Thread.Select(t => new EarlierHint(t.Answer, t.Work)).ToList();
        var context = GuardContext.For(request.Exercise, IsCode ? TextLines.Plain(request.Work) : compared, policy.HighestLevel) with { SolutionOpen = open };
        var guard = new LeakGuard(context, runner, shown, prompt.Secrets);
        var writer = new ModelWriter(request, prompt, guard, policy.OnLeak, () => CheckCalls(context), model, log);
        var written = request.ModelWithheld is null ? await writer.WriteAsync(ladder.Text, cancel) : new ModelResult();
        var outcome = written.Answer is { } answer
            ? new HintOutcome
            {
                State = InteractionState.Done,
                Answer = answer,
                Writer = HintWriter.Model,
                WriterReason = written.Reason,
                Level = level,
                Basis = HintBasis.Of(evidence, prompt.Passages, request.Course.Pack.Rubric),
                Verdicts = written.Verdicts,
            }
            : await ByLadderAsync(ladder, guard, written);
        var opinions = await SecondOpinionsAsync(flags, written.Asked, cancel);
        return outcome with
        {
            WriterReason = string.Join(' ', new[] { closed ? ClosedAssessment : null, request.ModelWithheld, outcome.WriterReason }.OfType<string>()),
            Evidence = evidence,
            Flags = opinions.Flags,
            GuardAction = written.GuardAction,
            Prompt = written.Asked ? written.Messages : [],
            Model = written.Model,
            Host = written.Host,
            Seed = written.Asked ? written.Seed : null,
            InputTokens = written.Usage.Input + opinions.Usage.Input,
            CachedTokens = written.Usage.Cached + opinions.Usage.Cached,
            OutputTokens = written.Usage.Output + opinions.Usage.Output,
            CostMicro = written.Usage.CostMicro + opinions.Usage.CostMicro,
        };
    }

    private CallCheck? CheckCalls(GuardContext context) =>
        request.Exercise is { Kind: ExerciseKind.Code, Language: "python" } ? new(library, context, TaughtNames.UpTo(request.Course.Pack, request.Exercise)) : null;

    private bool IsCode => request.Exercise.Kind == ExerciseKind.Code;

    private (string Work, string Question) Clean(StepNotes notes)
    {
        var work = SubmissionCleaner.CleanWork(request.Work, request.Exercise.Kind);
        var question = SubmissionCleaner.CleanQuestion(request.Question);
        notes.Detail = $"For comparing only. Work: {work.Summary}.{(question.Changes.Count == 0 ? "" : $" Question: {question.Summary}.")}";
        return (work.Text, question.Text);
    }

    private IReadOnlyList<FlagFinding> Screen(StepNotes notes)
    {
        var found = screen.Screen(request);
        notes.Detail = found.Count == 0 ? "No flag." : $"Flagged: {string.Join(", ", found.Select(f => f.RuleId))}.";
        return found;
    }

    // Only where a host has just answered: no flag is worth waiting for one that does not.
    private async Task<(IReadOnlyList<FlagFinding> Flags, ModelUsage Usage)> SecondOpinionsAsync(IReadOnlyList<FlagFinding> flags, bool hostAnswers, CancellationToken cancel)
    {
        if (!hostAnswers || !flags.Any(f => f is { Severity: >= FlagSeverity.Review, Quote.Length: > 0 })) return (flags, ModelUsage.None);

        return await log.StepAsync("second opinion", async notes =>
        {
            var reader = new SecondReader(model);
            var record = new CallRecord();
            var read = new List<FlagFinding>();
            foreach (var flag in flags)
            {
                read.Add(flag is { Severity: >= FlagSeverity.Review, Quote.Length: > 0 } ? flag with { SecondOpinion = await reader.AskAsync(request, flag, record, cancel) } : flag);
            }

            notes.Usage = ModelUsage.Of(record);
            notes.Detail = string.Join(' ', read.Select(f => f.SecondOpinion is { } o ? $"{f.RuleId}: {o.Category}, confidence {o.Confidence}." : "").Where(t => t.Length > 0));
            notes.Detail = CallWords.Of(record, notes.Detail.Length == 0 ? "No usable answer." : notes.Detail);
            return ((IReadOnlyList<FlagFinding>)read, notes.Usage);
        });
    }

    private async Task<RunEvidence> CollectAsync(HintPolicy policy, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var passOpens = policy.MayDiscussSolution(request.Exercise.Due, passes: true, now) && !policy.MayDiscussSolution(request.Exercise.Due, passes: false, now);
        var evidence = await log.StepAsync("evidence", async notes =>
        {
            try
            {
                var found = await collector.CollectAsync(request.Exercise, request.Work, cancel);
                (notes.State, notes.Detail) = Summary(found);
                // The interaction's id was drawn after the program was handed in.
                return await collector.LookIntoAsync(request.Exercise, request.Work, found, passOpens ? request.InteractionId : null, cancel);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                // A hint without evidence is worth more than none.
                (notes.State, notes.Detail) = ("failed", $"{failure.GetType().Name}: {failure.Message}");
                return new RunEvidence { State = EvidenceState.Unavailable, Notice = "Your program could not be run just now." };
            }
        });
        log.Tell(new EvidenceReady(evidence));
        return evidence;
    }

    private static (string State, string Detail) Summary(RunEvidence evidence) => evidence.State switch
    {
        EvidenceState.NotApplicable => ("skipped", "Nothing to run."),
        EvidenceState.Off => ("skipped", evidence.Notice ?? ""),
        EvidenceState.Unavailable => ("failed", evidence.Notice ?? ""),
        EvidenceState.LoadFailed => ("ok", $"Does not load: {evidence.ExceptionType}{(evidence.Line is { } line ? $" at line {line}" : "")}."),
        _ => ("ok", $"{evidence.PassedCount} of {evidence.Results.Count} tests pass, {evidence.RuleBreaks.Count} rules broken; ran {evidence.TookMilliseconds} ms."),
    };

    private IReadOnlyList<RankedPassage> Retrieve(string work, string question, RunEvidence evidence, StepNotes notes)
    {
        var found = PassageSearch.Find(retriever, request, work, question, evidence);
        notes.Detail = found.Count == 0 ? "No passage bears on it." : string.Join("; ", found.Select(f => $"{f.Passage.Source} \"{f.Passage.Heading}\" ({f.Score:0.0})"));
        return found;
    }

    private async Task<HintOutcome> ByLadderAsync(LadderHint ladder, LeakGuard guard, ModelResult written)
    {
        // Prepared words are shown whatever the guard thinks of them; staff see what it thinks.
        var verdicts = await log.StepAsync("guard", notes =>
        {
            var found = guard.Judge(ladder.Text);
            notes.Detail = found.Count == 0 ? "Not a model's." : $"The hint is shown; a model's would be held back: {found[0].Reason}";
            return found;
        });
        var brokeOff = written.GuardAction == "none" && written.Asked && log.Shown;
        log.Show(ladder.Text, brokeOff ? BrokeOff : written.GuardAction == "none" ? WrittenAnew : ModelWriter.HeldBack);
        return new HintOutcome
        {
            State = InteractionState.Done,
            Answer = ladder.Text,
            Writer = ladder.Writer,
            WriterReason = brokeOff ? $"{BrokeOff} {ladder.Reason}" : written.GuardAction == "none" ? ladder.Reason : $"{ModelWriter.HeldBack} {ladder.Reason}",
            Level = ladder.Level,
            MisconceptionId = ladder.MisconceptionId,
            Basis = ladder.Basis,
            Verdicts = [.. written.Verdicts, .. verdicts],
        };
    }

    private HintOutcome Support(Distress distress)
    {
        var reply = SupportReply.To(distress, support);
        log.Show(reply.Answer, WrittenAnew);
        return reply;
    }

    private HintOutcome Reply(string text, string reason, IReadOnlyList<FlagFinding> flags)
    {
        log.Show(text, WrittenAnew);
        return new HintOutcome { State = InteractionState.Done, Answer = text, Writer = HintWriter.BuiltIn, WriterReason = reason, Level = HintLevel.Nudge, Flags = flags };
    }
}
