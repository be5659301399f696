using System.Globalization;
using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.Times;
using Tutor.Web.Ui;

namespace Tutor.Web.Instructor;

/// <summary>Stored words as staff read them.</summary>
public static class StaffWords
{
    public static string State(string state) => state switch
    {
        InteractionState.Queued => "Waiting",
        InteractionState.Running => "Being written",
        InteractionState.Done => "Answered",
        InteractionState.Refused => "Refused",
        InteractionState.Failed => "Failed",
        InteractionState.Cancelled => "Stopped by student",
        _ => state,
    };

    public static BadgeColor StateColor(string state) => state switch
    {
        InteractionState.Done => BadgeColor.Success,
        InteractionState.Failed => BadgeColor.Danger,
        InteractionState.Refused => BadgeColor.Warning,
        InteractionState.Queued or InteractionState.Running => BadgeColor.Info,
        _ => BadgeColor.Secondary,
    };

    public static string Kind(string kind) => kind switch
    {
        InteractionKind.FollowUp => "Follow-up question",
        InteractionKind.NextLevel => "Next level",
        _ => "Hint",
    };

    public static string Level(int? level) => level is { } known && Enum.IsDefined((HintLevel)known) ? Level((HintLevel)known) : "–";

    public static string Level(HintLevel level) => level switch
    {
        HintLevel.Nudge => "1 Nudge",
        HintLevel.Concept => "2 Idea",
        HintLevel.Location => "3 Place",
        HintLevel.Example => "4 Example",
        _ => "5 Steps",
    };

    public static string OnLeak(LeakAction action) => action switch
    {
        LeakAction.AskAgain => "The model writes it again",
        LeakAction.Redact => "The part that does is cut out",
        _ => "The instructor's own hint is shown",
    };

    public static string Solution(SolutionTalk talk) => talk switch
    {
        SolutionTalk.AfterDue => "After the due date",
        SolutionTalk.AfterPass => "When the student's program passes",
        SolutionTalk.AfterDueOrPass => "After the due date, or when the program passes",
        _ => "Never",
    };

    public static string Writer(string? writer) => writer switch
    {
        HintWriter.Model => "Model",
        HintWriter.Ladder => "Instructor's ladder",
        HintWriter.BuiltIn => "Built in",
        _ => "–",
    };

    /// <summary>What the leak guard did; null where it let the hint pass or was not asked.</summary>
    public static string? Guard(string? action) => action switch
    {
        "regenerated" => "Written again",
        "redacted" => "Part left out",
        "ladder" => "Replaced by the ladder",
        null or "" or "none" => null,
        _ => action,
    };

    /// <summary>What a layer of the guard found, as a filter says it.</summary>
    public static string Check(string layer) => layer switch
    {
        "UnknownCall" => "A call that does not exist",
        "NotYetTaught" => "A call not yet taught",
        _ => $"Found by the check {layer}",
    };

    public static string Flag(string category) => category switch
    {
        "solution-seeking" => "Asks for the solution",
        "answer-fishing" => "Fishing for the answer",
        "injection" => "Instructions to the tutor",
        "off-topic" => "Off topic",
        "harassment" => "Hate or harassment",
        "assessment-text" => "Text of a closed assessment",
        "rate-abuse" => "Too many requests at once",
        "answer-table" => "Table of answers",
        _ => category,
    };

    public static IReadOnlyList<string> FlagCategories { get; } = ["answer-fishing", "injection", "harassment", "assessment-text", "answer-table"];

    /// <summary>Millionths of a unit of money in a unit's digits: enough of them to tell a hint's cost from nothing.</summary>
    public static string Money(long micro) => (micro / 1_000_000.0).ToString(micro < 1_000_000 ? "0.0000" : "#,0.00", CultureInfo.InvariantCulture);

    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number and what is counted: "1 request", "1,371 requests".</summary>
    public static string Count(long number, string one, string? more = null) => $"{Count(number)} {(number == 1 ? one : more ?? one + "s")}";

    public static string Duration(long milliseconds) => milliseconds < 1000
        ? $"{milliseconds} ms"
        : $"{(milliseconds / 1000.0).ToString("0.0", CultureInfo.InvariantCulture)} s";

    public static string Moment(long milliseconds, CourseTime? time) =>
        $"{(time ?? CourseTime.Utc).At(milliseconds).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture)} {(time ?? CourseTime.Utc).Title}";
}
