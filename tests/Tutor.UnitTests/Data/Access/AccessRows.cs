using Tutor.Core.Evidence;
using Tutor.Core.People;
using Tutor.Core.Privacy.Export;
using Tutor.Data.Analytics;
using Tutor.Data.Audit;
using Tutor.Data.Courses;
using Tutor.Data.Escalations;
using Tutor.Data.Flags;
using Tutor.Data.Interactions;
using Tutor.Data.Limits;
using Tutor.Data.ModelHosts;
using Tutor.Data.Lti;
using Tutor.Data.People;
using Tutor.Data.Sessions;
using Tutor.Data.Privacy;
using Tutor.Data.Process;
using Tutor.Data.Progress;
using Tutor.Data.Similarity;
using Tutor.Data.Welfare;
using static Tutor.UnitTests.Data.Access.AccessCourse;
using static Tutor.UnitTests.Data.Access.AccessRow;

namespace Tutor.UnitTests.Data.Access;

/// <summary>The matrix: every method of a store that takes a viewer, and who of the course may read or change something by it.</summary>
internal static class AccessRows
{
    private static string Account(AccessTarget target) => target == AccessTarget.Missing ? "nobody" : Who.Author.PersonId;

    private static readonly ClassListRow newcomer = new(1, "new@example.edu", "New", null, null);

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        Write("CourseEditing.PublishAsync", [Who.Instructor],
            (c, t, v) => c.Store<CourseEditing>().PublishAsync(LedgerFile.Pack("Written by a stranger.", t.Course), t.Published, "", v, Cancel)),
        Write("CourseEditing.PublishAgainAsync", [Who.Instructor], (c, t, v) => c.Store<CourseEditing>().PublishAgainAsync(t.Course, t.Version, t.Published, v, Cancel)),
        Read("CourseStore.VersionsAsync", Who.Staff, (c, t, v) => c.Store<CourseStore>().VersionsAsync(t.Course, v, Cancel)),
        Read("CourseStore.FindPublishedAsync", Who.Members, (c, t, v) => c.Store<CourseStore>().FindPublishedAsync(t.Course, v, Cancel)),
        Read("CourseStore.FindVersionAsync", Who.Staff, (c, t, v) => c.Store<CourseStore>().FindVersionAsync(t.Version, v, Cancel)),
        Read("PersonStore.MembersAsync", Who.Staff, (c, t, v) => c.Store<PersonStore>().MembersAsync(t.Course, v, Cancel)),

        Read("PersonStore.FindSectionAsync", Who.Members, (c, t, v) => c.Store<PersonStore>().FindSectionAsync(t.Course, v, Cancel)),
        Read("ClassListStore.ListAsync", [Who.Instructor], (c, t, v) => c.Store<ClassListStore>().ListAsync(t.Course, v, Cancel)),
        Read("ClassListStore.PlanAsync", [Who.Instructor], (c, t, v) => c.Store<ClassListStore>().PlanAsync(t.Course, v, [newcomer], Cancel)),
        Write("ClassListStore.ApplyAsync", [Who.Instructor], (c, t, v) => c.Store<ClassListStore>().ApplyAsync(t.Course, v, [newcomer], new HashSet<string>(), Cancel)),
        Read("LaunchStore.LinkedAsync", [Who.Instructor], (c, t, v) => c.Store<LaunchStore>().LinkedAsync(t.Course, v, Cancel)),
        Write("PlatformRosters.ApplyAsync", [Who.Instructor],
            (c, t, v) => c.Store<PlatformRosters>().ApplyAsync(t.Course, v, "platform", new LinkedContext("platform", "context", ""), [new PlatformMember("subject", "New", null, "student")], Cancel)),

        Read("CourseLimits.TodayAsync", [Who.Instructor], (c, t, v) => c.Store<CourseLimits>().TodayAsync(t.Course, v, Cancel)),
        Write("CourseLimits.GiveAsync", [Who.Instructor], (c, t, v) => c.Store<CourseLimits>().GiveAsync(t.Course, Who.Author.PersonId, 10, v, Cancel)),
        Write("CourseLimits.SetBudgetAsync", [Who.Instructor], (c, t, v) => c.Store<CourseLimits>().SetBudgetAsync(t.Course, 1_000, v, Cancel)),
        // As for hosts below: the page asks whether somebody is an operator.
        Write("AccountStore.SuspendAsync", Who.All, async (c, t, v) =>
        {
            await c.Store<AccountStore>().SuspendAsync(Account(t), "lost laptop", v, Cancel);
            return true;
        }, "UPDATE person SET suspended_at = NULL", []),
        Write("AccountStore.LetInAsync", Who.All, async (c, t, v) =>
        {
            await c.Store<AccountStore>().LetInAsync(Account(t), v, Cancel);
            return true;
        }, "UPDATE person SET suspended_at = 1", []),
        Write("AccountStore.EndSessionAsync", Who.All, async (c, t, v) =>
        {
            await c.Store<AccountStore>().EndSessionAsync(Account(t), "one", v, Cancel);
            return true;
        }, $"DELETE FROM session; INSERT INTO session (id, person_id, hash, way, browser, places, created_at, seen_at, ends_at) VALUES ('one', '{Who.Author.PersonId}', 'h', 'entra', '', '', 1, 1, 9999999999999)", []),
        Write("AccountStore.RevokeTokenAsync", Who.All, async (c, t, v) =>
        {
            await c.Store<AccountStore>().RevokeTokenAsync(Account(t), "one", v, Cancel);
            return true;
        }, $"DELETE FROM api_token; INSERT INTO api_token (id, person_id, name, hash, created_at) VALUES ('one', '{Who.Author.PersonId}', '', 'h', 1)", []),
        // Operators are named in the settings and not in the database, so the page asks; a host belongs to no course.
        Write("HostSwitches.TakeOutAsync", Who.All, async (c, t, v) =>
        {
            await c.Store<HostSwitches>().TakeOutAsync(t.Course, v, Cancel);
            return true;
        }, "DELETE FROM model_host_out", []),
        Write("HostSwitches.PutBackAsync", Who.All, async (c, t, v) =>
        {
            await c.Store<HostSwitches>().PutBackAsync(t.Course, v, Cancel);
            return true;
        }, "DELETE FROM model_host_out; INSERT INTO model_host_out (host, person_id, since) SELECT id, id, 0 FROM course", []),

        Read("CourseAnalytics.AttentionAsync", Who.Staff, (c, t, v) => c.Store<CourseAnalytics>().AttentionAsync(t.Course, v, 30, Cancel)),
        Read("CourseAnalytics.ModelChecksAsync", Who.Staff, (c, t, v) => c.Store<CourseAnalytics>().ModelChecksAsync(t.Course, v, 30, Cancel)),
        Read("CourseAnalytics.ActivityAsync", Who.Staff, (c, t, v) => c.Store<CourseAnalytics>().ActivityAsync(t.Course, v, 30, Cancel)),

        Write("EscalationStore.AskAsync", [Who.Author], (c, t, v) => c.Store<EscalationStore>().AskAsync(t.Interaction, v, "Please", Cancel),
            "DELETE FROM escalation; UPDATE interaction SET escalated = FALSE"),
        Read("EscalationStore.QueueAsync", Who.Staff, (c, t, v) => c.Store<EscalationStore>().QueueAsync(t.Course, v, "open", null, 10, Cancel)),
        Read("EscalationStore.CountAsync", Who.Staff, (c, t, v) => c.Store<EscalationStore>().CountAsync(t.Course, v, Cancel)),
        Read("EscalationStore.FindAsync", Who.AuthorAndStaff, (c, t, v) => c.Store<EscalationStore>().FindAsync(t.Escalation, v, Cancel)),
        Read("EscalationStore.FindForInteractionAsync", Who.AuthorAndStaff, (c, t, v) => c.Store<EscalationStore>().FindForInteractionAsync(t.Interaction, v, Cancel)),
        // The student is shown how the question stands, whatever was tried.
        Write("EscalationStore.ClaimAsync", Who.Staff, (c, t, v) => c.Store<EscalationStore>().ClaimAsync(t.Escalation, v, Cancel),
            "UPDATE escalation SET state = 'open', claimed_by = NULL", Who.AuthorAndStaff),
        Write("EscalationStore.ReleaseAsync", Who.Staff, (c, t, v) => c.Store<EscalationStore>().ReleaseAsync(t.Escalation, v, Cancel), ClaimedByTa, Who.AuthorAndStaff),
        Write("EscalationStore.ResolveAsync", Who.Staff, (c, t, v) => c.Store<EscalationStore>().ResolveAsync(t.Escalation, v, Cancel), ClaimedByTa, Who.AuthorAndStaff),
        Write("EscalationStore.ReopenAsync", Who.Staff, (c, t, v) => c.Store<EscalationStore>().ReopenAsync(t.Escalation, v, Cancel),
            "UPDATE escalation SET state = 'resolved', claimed_by = NULL, claimed_at = NULL, resolved_at = 5", Who.AuthorAndStaff),
        Write("EscalationStore.ReplyAsync", [Who.Ta], (c, t, v) => c.Store<EscalationStore>().ReplyAsync(t.Escalation, v, "Look here", Cancel), ClaimedByTa, Who.AuthorAndStaff),

        Read("WelfareStore.ListAsync", [Who.Contact], (c, t, v) => c.Store<WelfareStore>().ListAsync(t.Course, v, 0, 10, Cancel)),
        Read("WelfareStore.CountAsync", [Who.Contact], (c, t, v) => c.Store<WelfareStore>().CountAsync(t.Course, v, Cancel)),
        Write("WelfareStore.TakeUpAsync", [Who.Contact], (c, t, v) => c.Store<WelfareStore>().TakeUpAsync(t.Course, t.Notice, v, "Called", Cancel)),

        Write("FlagReviews.DecideAsync", Who.Staff, (c, t, v) => c.Store<FlagReviews>().DecideAsync(t.Flag, v, true, "Because", Cancel),
            "UPDATE flag SET state = 'open', reviewed_by = NULL"),
        Read("FlagQueue.ListAsync", Who.Staff, (c, t, v) => c.Store<FlagQueue>().ListAsync(t.Course, v, "open", null, null, 10, Cancel)),
        Read("FlagQueue.FindAsync", Who.Staff, (c, t, v) => c.Store<FlagQueue>().FindAsync(t.Course, t.Flag, v, Cancel)),
        Read("FlagReliability.RulesAsync", Who.Staff, (c, t, v) => c.Store<FlagReliability>().RulesAsync(t.Course, v, Cancel)),
        Read("FlagReliability.MissesAsync", Who.Staff, (c, t, v) => c.Store<FlagReliability>().MissesAsync(t.Course, v, Cancel)),
        Read("FlagReliability.NextSampleAsync", Who.Staff, (c, t, v) => c.Store<FlagReliability>().NextSampleAsync(t.Course, v, Cancel)),
        Write("FlagReliability.ReviewSampleAsync", Who.Staff, (c, t, v) => c.Store<FlagReliability>().ReviewSampleAsync(t.Course, t.Interaction, v, null, "", Cancel),
            "UPDATE flag_sample SET reviewed_by = NULL, reviewed_at = NULL"),
        Read("OwnFlags.OnAsync", [Who.Author], (c, t, v) => c.Store<OwnFlags>().OnAsync(t.Interaction, v, Cancel)),
        Read("OwnFlags.InAsync", [Who.Author], (c, t, v) => c.Store<OwnFlags>().InAsync(t.Course, v, Cancel)),
        Write("OwnFlags.AnswerAsync", [Who.Author], (c, t, v) => c.Store<OwnFlags>().AnswerAsync(t.Flag, v, "I was curious", Cancel)),

        Read("ExportStore.KeysAsync", [Who.Instructor], (c, t, v) => c.Store<ExportStore>().KeysAsync(t.Course, v, Cancel)),
        Read("ExportStore.ReadAsync", [Who.Instructor], async (c, t, v) => await c.Store<ExportStore>().ReadAsync(
            t.Course, v, [new PlannedRow(t.Interaction, "S", "x", null), new PlannedRow(t.Distress, "S", "x", null)], Cancel).ToListAsync(Cancel)),
        Read("ExportStore.PeopleAsync", [Who.Instructor], (c, t, v) => c.Store<ExportStore>().PeopleAsync(t.Course, v, Cancel)),
        Write("ExportStore.NoteAsync", [Who.Instructor], (c, t, v) => c.Store<ExportStore>().NoteAsync(t.Course, v, "requests.csv", 1, "00", Cancel)),

        Write("Ledger.CancelAsync", [Who.Author], (c, t, v) => c.Store<Ledger>().CancelAsync(t.Interaction, v, "shown", true, Cancel),
            "DELETE FROM interaction_search; UPDATE interaction SET state = 'running' WHERE NOT welfare"),
        Read("InteractionStore.FindAsync", Who.AuthorAndStaff, (c, t, v) => c.Store<InteractionStore>().FindAsync(t.Interaction, v, Cancel)),
        Read("InteractionStore.FindAsync", [Who.Author], (c, t, v) => c.Store<InteractionStore>().FindAsync(t.Distress, v, Cancel)),
        Read("InteractionStore.ThreadAsync", Who.AuthorAndStaff,
            (c, t, v) => c.Store<InteractionStore>().ThreadAsync(t.Course, t.Exercise, Who.Author.PersonId, v, Cancel)),
        Read("InteractionStore.HistoryAsync", [Who.Author], (c, t, v) => c.Store<InteractionStore>().HistoryAsync(v, t.Course, null, 10, Cancel)),
        Write("InteractionStore.RateAsync", [Who.Author], (c, t, v) => c.Store<InteractionStore>().RateAsync(t.Interaction, v, true, "Good", Cancel)),
        Read("InteractionReader.FindAsync", Who.Staff, (c, t, v) => c.Store<InteractionReader>().FindAsync(t.Interaction, v, Cancel)),
        Read("InteractionReader.FindAsync", [], (c, t, v) => c.Store<InteractionReader>().FindAsync(t.Distress, v, Cancel)),
        Write("InteractionReader.ReviewAsync", Who.Staff, (c, t, v) => c.Store<InteractionReader>().ReviewAsync(t.Interaction, v, "Seen", Cancel)),
        Write("InteractionReader.ReviewAsync", [], (c, t, v) => c.Store<InteractionReader>().ReviewAsync(t.Distress, v, "Seen", Cancel)),
        Read("InteractionLog.ListAsync", Who.Staff, (c, t, v) => c.Store<InteractionLog>().ListAsync(t.Course, v, new LogFilter(), null, null, 10, Cancel)),
        Read("InteractionLog.TotalsAsync", Who.Staff, (c, t, v) => c.Store<InteractionLog>().TotalsAsync(t.Course, v, new LogFilter(), Cancel)),
        Read("InteractionLog.NeighboursAsync", Who.Staff, (c, t, v) => c.Store<InteractionLog>().NeighboursAsync(t.Course, v, new LogFilter(), t.Interaction, Cancel)),
        Read("WorkDraftStore.FindAsync", [Who.Author], (c, t, v) => c.Store<WorkDraftStore>().FindAsync(t.Course, t.Exercise, v, Cancel)),
        Write("WorkDraftStore.SaveAsync", Who.Members, (c, t, v) => c.Store<WorkDraftStore>().SaveAsync(t.Course, t.Exercise, v, new("x", "y"), new("window", 0), 2, Cancel)),
        Write("WorkDraftStore.KeepAsync", Who.Members, (c, t, v) => c.Store<WorkDraftStore>().KeepAsync(t.Course, t.Exercise, v, "id", new("x", "y"), 2, Cancel)),
        Read("WorkDraftStore.KeptAsync", [Who.Author], (c, t, v) => c.Store<WorkDraftStore>().KeptAsync(t.Course, t.Exercise, v, Cancel)),
        Read("StudentNames.ListAsync", Who.Staff, (c, t, v) => c.Store<StudentNames>().ListAsync(t.Course, v, Cancel)),
        Read("StudentNames.FindAsync", Who.Staff, (c, t, v) => c.Store<StudentNames>().FindAsync(t.Course, t.Alias, v, Cancel)),
        Write("StudentNames.RevealAsync", Who.Staff, (c, t, v) => c.Store<StudentNames>().RevealAsync(t.Course, t.Alias, v, "To help", Cancel)),
        Read("StudentNames.OfAsync", Who.Staff, (c, t, v) => c.Store<StudentNames>().OfAsync(t.Course, [Who.Author.PersonId], v, Cancel)),
        Read("StudentNames.SearchAsync", Who.Staff, (c, t, v) => c.Store<StudentNames>().SearchAsync(t.Course, "name of", v, 10, Cancel)),
        Write("StudentNames.LookUpAsync", Who.Staff, (c, t, v) => c.Store<StudentNames>().LookUpAsync(t.Course, Who.Author.PersonId, v, "To help", Cancel)),
        Read("AuditLog.ListAsync", [Who.Instructor], (c, t, v) => c.Store<AuditLog>().ListAsync(t.Course, v, null, null, 10, Cancel)),
        Read("ProcessStore.OfAsync", Who.AuthorAndStaff, (c, t, v) => c.Store<ProcessStore>().OfAsync(t.Interaction, v, Cancel)),
        Read("ProcessStore.OfAsync", [Who.Author], (c, t, v) => c.Store<ProcessStore>().OfAsync(t.Distress, v, Cancel)),
        Write("ProgressStore.NoteRunAsync", Who.Members, async (c, t, v) =>
        {
            await c.Store<ProgressStore>().NoteRunAsync(t.Course, t.Exercise, v, new RunEvidence { State = EvidenceState.Ran }, Cancel);
            return true;
        }, reads: []),
        Read("ProgressStore.OfAsync", [Who.Author], (c, t, v) => c.Store<ProgressStore>().OfAsync(t.Course, v, Cancel)),
        Read("SimilaritySource.LatestAsync", [Who.Instructor], (c, t, v) => c.Store<SimilaritySource>().LatestAsync(t.Course, t.Exercise, v, Cancel)),
    ];

    private const string ClaimedByTa = "UPDATE escalation SET state = 'claimed', claimed_by = 'tom-ta', claimed_at = 4, resolved_at = NULL";
}
