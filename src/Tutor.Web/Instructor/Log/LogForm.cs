using Tutor.Core.Hints;
using Tutor.Data.Interactions;

namespace Tutor.Web.Instructor.Log;

/// <summary>The filter as the form's fields hold it; an empty text is "any".</summary>
public sealed class LogForm
{
    private const long Day = 86_400_000;

    public string Text { get; set; } = "";
    public string Exercise { get; set; } = "";
    public string Student { get; set; } = "";
    public string State { get; set; } = "";
    public string Flag { get; set; } = "";
    public string Rating { get; set; } = "";
    public string Level { get; set; } = "";
    public string Writer { get; set; } = "";
    public string Escalated { get; set; } = "";
    public string HeldBack { get; set; } = "";
    public string FailingTest { get; set; } = "";
    public string Reviewed { get; set; } = "";
    public string By { get; set; } = "";
    public string Model { get; set; } = "";
    public string Check { get; set; } = "";
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }

    public static LogForm Of(LogFilter filter) => new()
    {
        Text = filter.Text ?? "",
        Exercise = filter.Exercise ?? "",
        Student = filter.Student ?? "",
        State = filter.State ?? "",
        Flag = filter.Flag ?? "",
        Rating = filter.Rating ?? "",
        Level = filter.Level is { } level ? HintLevels.NameOf((HintLevel)level) : "",
        Writer = filter.Writer ?? "",
        Escalated = Word(filter.Escalated),
        HeldBack = Word(filter.HeldBack),
        FailingTest = filter.FailingTest ?? "",
        Reviewed = Word(filter.Reviewed),
        By = filter.By ?? "",
        Model = filter.Model ?? "",
        Check = filter.Check ?? "",
        From = filter.From is { } from ? Date(from) : null,
        To = filter.Until is { } until ? Date(until - Day) : null,
    };

    public LogFilter ToFilter() => new()
    {
        Text = Given(Text),
        Exercise = Given(Exercise),
        Student = Given(Student)?.ToUpperInvariant(),
        State = Given(State),
        Flag = Given(Flag),
        Rating = Given(Rating),
        Level = HintLevels.TryParse(Level, out var level) ? (int)level : null,
        Writer = Given(Writer),
        Escalated = YesOrNo(Escalated),
        HeldBack = YesOrNo(HeldBack),
        FailingTest = Given(FailingTest),
        Reviewed = YesOrNo(Reviewed),
        By = Given(By),
        Model = Given(Model),
        Check = Given(Check),
        From = From is { } from ? Milliseconds(from) : null,
        Until = To is { } to ? Milliseconds(to) + Day : null,
    };

    private static string? Given(string text) => text.Trim() is { Length: > 0 } given ? given : null;

    private static string Word(bool? value) => value switch { true => "yes", false => "no", null => "" };

    private static bool? YesOrNo(string word) => word switch { "yes" => true, "no" => false, _ => null };

    private static DateOnly Date(long milliseconds) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);

    private static long Milliseconds(DateOnly date) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
}
