using System.Globalization;
using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Data.Interactions;
using Tutor.Data.Privacy;

namespace Tutor.Web.Instructor.Log;

/// <summary>One condition of a filter in words, and the filter without it.</summary>
public sealed record FilterWord(string Text, LogFilter Without);

public static class FilterWords
{
    public static IReadOnlyList<FilterWord> Of(LogFilter f, CoursePack? pack, IReadOnlyList<StudentName> students)
    {
        var words = new List<FilterWord>();
        Add(f.Text, text => $"“{text}”", f with { Text = null });
        Add(f.Exercise, id => pack?.FindExercise(id)?.Title ?? id, f with { Exercise = null });
        Add(f.Student, id => students.FirstOrDefault(s => s.Alias == id)?.Shown ?? id, f with { Student = null });
        Add(f.State, state => state == "open" ? "Not answered yet" : StaffWords.State(state), f with { State = null });
        Add(f.Flag, flag => flag switch { "any" => "Flagged", "none" => "Not flagged", "open" => "Flag to decide", _ => StaffWords.Flag(flag) }, f with { Flag = null });
        Add(f.Rating, r => r switch { "rated" => "Rated", "helped" => "Helped", "not-helped" => "Did not help", _ => "Not rated" }, f with { Rating = null });
        Add(f.Level?.ToString(CultureInfo.InvariantCulture), _ => StaffWords.Level((HintLevel)f.Level!.Value), f with { Level = null });
        Add(f.Writer, writer => $"Written by: {StaffWords.Writer(writer).ToLowerInvariant()}", f with { Writer = null });
        Add(f.FailingTest, test => $"Fails “{test}” first", f with { FailingTest = null });
        Add(f.By, by => by == "staff" ? "Tried by staff" : "Asked by students", f with { By = null });
        Add(f.Model, model => $"By the model {model}", f with { Model = null });
        Add(f.Check, StaffWords.Check, f with { Check = null });
        AddYesOrNo(f.Escalated, "A TA was asked", "No TA was asked", f with { Escalated = null });
        AddYesOrNo(f.HeldBack, "Something was held back", "Nothing was held back", f with { HeldBack = null });
        AddYesOrNo(f.Reviewed, "Reviewed", "Not reviewed", f with { Reviewed = null });
        if (f.From is not null || f.Until is not null)
            words.Add(new FilterWord(Dates(f), f with { From = null, Until = null }));
        return words;

        void Add(string? value, Func<string, string> text, LogFilter without)
        {
            if (value is not null)
                words.Add(new FilterWord(text(value), without));
        }

        void AddYesOrNo(bool? value, string yes, string no, LogFilter without)
        {
            if (value is { } given)
                words.Add(new FilterWord(given ? yes : no, without));
        }
    }

    private static string Dates(LogFilter f)
    {
        var from = f.From is { } first ? LogAddress.DateText(first) : null;
        var to = f.Until is { } end ? LogAddress.DateText(end - 1) : null;
        return from == to ? from! : from is null ? $"until {to}" : to is null ? $"since {from}" : $"{from} to {to}";
    }
}
