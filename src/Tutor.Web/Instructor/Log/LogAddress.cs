using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Tutor.Core.Hints;
using Tutor.Data.Interactions;

namespace Tutor.Web.Instructor.Log;

/// <summary>The address of a filtered list: every bar of a chart and every sent link leads to the same rows.</summary>
public static class LogAddress
{
    private const long Day = 86_400_000;

    public static string Of(string course, LogFilter? filter = null, string? older = null, string? newer = null) =>
        With($"courses/{course}/interactions", filter, ("older", older), ("newer", newer));

    /// <summary>One interaction, remembering the list it was opened from.</summary>
    public static string OfOne(string course, string id, LogFilter? filter = null) => With($"courses/{course}/interactions/{id}", filter);

    public static LogFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return new LogFilter
        {
            Exercise = Text("exercise"),
            Student = Text("student")?.ToUpperInvariant(),
            State = Text("state"),
            Flag = Text("flag"),
            Rating = Text("rating"),
            Level = Text("level") is { } level && HintLevels.TryParse(level, out var known) ? (int)known : null,
            Writer = Text("writer"),
            From = Date("from"),
            Until = Date("to") + Day,
            Escalated = YesOrNo("escalated"),
            HeldBack = YesOrNo("held-back"),
            FailingTest = Text("test"),
            By = Text("by") is "students" or "staff" ? Text("by") : null,
            Model = Text("model"),
            Check = Text("check"),
            Reviewed = YesOrNo("reviewed"),
            Text = Text("q"),
        };

        string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString().Trim() is { Length: > 0 } text ? text : null;

        bool? YesOrNo(string name) => Text(name) switch { "yes" => true, "no" => false, _ => null };

        long? Date(string name) =>
            DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds()
                : null;
    }

    /// <summary>The cursor in an address: <c>older</c> or <c>newer</c>.</summary>
    public static string? Cursor(string address, string name) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(name, out var value) ? value.ToString() : null;

    public static string DateText(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string With(string path, LogFilter? filter, params (string Name, string? Value)[] more)
    {
        var f = filter ?? new LogFilter();
        IEnumerable<(string Name, string? Value)> all =
        [
            ("q", f.Text), ("exercise", f.Exercise), ("student", f.Student), ("state", f.State), ("flag", f.Flag), ("rating", f.Rating),
            ("level", f.Level is { } level ? HintLevels.NameOf((HintLevel)level) : null), ("writer", f.Writer),
            ("from", f.From is { } from ? DateText(from) : null), ("to", f.Until is { } until ? DateText(until - Day) : null),
            ("escalated", Word(f.Escalated)), ("held-back", Word(f.HeldBack)), ("test", f.FailingTest), ("reviewed", Word(f.Reviewed)),
            ("by", f.By), ("model", f.Model), ("check", f.Check), .. more,
        ];
        return QueryHelpers.AddQueryString(path, all.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value)));

        static string? Word(bool? value) => value switch { true => "yes", false => "no", null => null };
    }
}
