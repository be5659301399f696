namespace Tutor.UnitTests.Data.Access;

/// <summary>Methods of stores that take no viewer, each with the reason why none is needed.</summary>
internal static class WithoutViewer
{
    /// <summary>Those the portal's pages and endpoints call.</summary>
    public static IReadOnlyDictionary<string, string> FromPages { get; } = new Dictionary<string, string>
    {
        ["PersonStore.FindRoleAsync"] = "tells a page the role of the person in front of it",
        ["PersonStore.CoursesOfAsync"] = "lists the courses of the person in front of it",
        ["PersonStore.FindAsync"] = "the development sign-in, and who a signed-in person is",
        ["PersonStore.DemoPeopleAsync"] = "the development sign-in lists demo people and nobody else",
        ["PersonStore.UpsertAsync"] = "sign-in notes who came in",
        ["ApiTokenStore.IssueAsync"] = "a person's own tokens",
        ["ApiTokenStore.TryIssueAsync"] = "a person's own tokens",
        ["ApiTokenStore.ListAsync"] = "a person's own tokens",
        ["ApiTokenStore.RevokeAsync"] = "a person's own tokens; the person is in the WHERE clause",
        ["ApiTokenStore.FindPersonAsync"] = "the token itself is the right",
        ["SessionStore.BeginAsync"] = "sign-in, of somebody whose identity was just proven",
        ["SessionStore.HoldsAsync"] = "the secret in the cookie is the right",
        ["SessionStore.SignOutAsync"] = "the secret in the cookie is the right",
        ["SessionStore.FindIdAsync"] = "the secret in the cookie is the right",
        ["SessionStore.ListAsync"] = "a person's own sessions, and an operator's page, which asks whether the person is one",
        ["SessionStore.RevokeAsync"] = "a person's own sessions; the person is in the WHERE clause",
        ["SessionStore.RevokeOthersAsync"] = "a person's own sessions; the person is in the WHERE clause",
        ["DirectoryGrants.FindAsync"] = "tells a request whether its person may go on",
        ["DirectoryGrants.KeepAsync"] = "sign-in, of somebody whose identity was just proven",
        ["DirectoryGrants.ClaimAsync"] = "the portal's own question to the directory",
        ["DirectoryGrants.RenewAsync"] = "the portal's own question to the directory",
        ["DirectoryGrants.RefuseAsync"] = "the directory's answer",
        ["AccountStore.FindAsync"] = "accounts belong to no course; the page asks whether the person is an operator",
        ["AccountStore.SuspendedAsync"] = "accounts belong to no course; the page asks whether the person is an operator",
        ["AccountStore.OpenAsync"] = "accounts belong to no course; the page asks whether the person is an operator",
        ["CourseStore.StudentPassagesAsync"] = "an instructor's preview, of a version that was found with a viewer",
        ["InteractionStore.EarlierTurnsAsync"] = "an instructor's preview, of an interaction that was found with a viewer",
        ["InteractionStore.QuotaAsync"] = "counts the hints of the person in front of the page",
        ["Rosters.OfAsync"] = "finds names of classmates in a text its author is about to send; the names are shown to nobody",
        ["CourseZones.OfAsync"] = "tells by whose clocks a course counts its days, which every page of it shows",
        ["CourseZones.InstallationAsync"] = "the installation's own time",
        ["WaitingCounts.ReadAsync"] = "the operator's alarms: two numbers over all courses",
        ["WaitingCounts.CoursesAsync"] = "the operator's alarms: ids of courses",
        ["DatabaseMove.RunAsync"] = "the operator's command",
        ["AuditLog.VerifyAsync"] = "the operator's command; tells row numbers and hashes",
        ["AuditLog.HasAsync"] = "the operator's command; tells whether a hash is known",
        ["IdentityStore.AdmitAsync"] = "sign-in, of somebody whose identity was just proven",
        ["IdentityStore.GrantAsync"] = "sign-in: roles the identity provider gave",
        ["LaunchStore.UseAsync"] = "the launch's token was checked and nobody is signed in yet",
        ["LaunchStore.TakePlaceAsync"] = "a launch that was checked names who has no place there any more",
        ["LaunchStore.LinkAsync"] = "a launch that was checked names its course",
        ["LaunchStore.NameAsync"] = "a launch that was checked names its person",
        ["LaunchStore.KeysAsync"] = "the portal's own keys, to sign what it asks a platform",
        ["LaunchStore.AddKeyAsync"] = "the portal's own keys",
        ["HostSwitches.OutAsync"] = "hosts belong to no course",
        ["HostSwitches.LatelyAsync"] = "hosts belong to no course; the page asks whether the person is an operator",
        ["CourseLimits.IsBudgetSpentAsync"] = "tells whether hints come from a model today",
        ["WelfareStore.HasContactAsync"] = "tells staff that nobody is named; says nothing of any message",
    };

    /// <summary>Those only the portal's own work calls: import, runner, sweeper, start.</summary>
    public static IReadOnlySet<string> OwnWork { get; } = new HashSet<string>
    {
        "PersonStore.JoinAsync", "PersonStore.LeaveAsync", "CourseStore.NeedsImportAsync", "CourseStore.ImportAsync", "CourseStore.LoadVersionAsync",
        "Ledger.SubmitAsync", "Ledger.AnswerAsync", "Ledger.FindRepeatedAsync", "Ledger.OpenAsync", "Ledger.ClaimAsync", "Ledger.CheckpointAsync", "Ledger.FinishAsync",
        "Ledger.RequeueAsync", "Ledger.ReleaseAsync", "Ledger.ReleaseAllAsync", "Ledger.NoteRateAsync", "InteractionStore.LoadAsync",
        "InteractionStore.FindLastAnswerAsync", "InteractionStore.FindDraftAsync", "FlagExpiry.DeleteAsync", "SearchIndex.AddAsync", "SearchIndex.CatchUpAsync", "RequestExpiry.DeleteAsync", "PeopleExpiry.DeleteAsync",
        "KeyRing.GetAllElements", "KeyRing.StoreElement", "KeyRing.DropKeysInClearAsync",
    };
}
