using System.Globalization;
using Tutor.Core;
using Tutor.Core.Courses;
using Tutor.Web.Ui;

namespace Tutor.Web.Instructor.Prompt;

/// <summary>What an instructor may change in the portal, as the form's fields hold it. The rest of a course is written in its files.</summary>
public sealed class CourseEdit
{
    public const int LongestPrompt = 20_000;
    public const int MostHintsPerDay = 10_000;

    public string Prompt { get; set; } = "";
    public HintPolicy Policy { get; set; } = new();

    /// <summary>As typed: what is no number must not become one.</summary>
    public string HintsPerDayText { get; set; } = "";

    /// <summary>-1 where the text is no number that is allowed.</summary>
    public int HintsPerDay
    {
        get => (int)(WholeNumber.Read(HintsPerDayText, 0, MostHintsPerDay) ?? -1);
        set => HintsPerDayText = value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Policies of single exercises; exercises that follow the course are not in it.</summary>
    public Dictionary<string, HintPolicy> Exceptions { get; init; } = [];

    public static CourseEdit Of(CoursePack pack) => new()
    {
        Prompt = TextLines.Plain(pack.Prompt),
        Policy = pack.Policy,
        HintsPerDay = pack.Quota.HintsPerDay,
        Exceptions = pack.Exercises.Where(e => e.Policy is not null).ToDictionary(e => e.Id, e => e.Policy!),
    };

    /// <summary>The pack with the edit in it. What was not touched stays exactly as it is, line ends included.</summary>
    public CoursePack ApplyTo(CoursePack pack) => pack with
    {
        Prompt = Prompt == TextLines.Plain(pack.Prompt) ? pack.Prompt : Prompt,
        Policy = Policy,
        Quota = pack.Quota with { HintsPerDay = HintsPerDay },
        Exercises = [.. pack.Exercises.Select(e => e with { Policy = Exception(e.Id) })],
    };

    /// <summary>Carries this edit over to a version a colleague published meanwhile: what was changed here wins, the rest is theirs.</summary>
    public CourseEdit Onto(CoursePack theirs, CoursePack begunFrom)
    {
        var (from, onto) = (Of(begunFrom), Of(theirs));
        return new CourseEdit
        {
            Prompt = Prompt == from.Prompt ? onto.Prompt : Prompt,
            Policy = Merge(Policy, from.Policy, onto.Policy),
            HintsPerDay = HintsPerDay == from.HintsPerDay ? onto.HintsPerDay : HintsPerDay,
            Exceptions = theirs.Exercises
                .Select(e => (e.Id, Policy: Exception(e.Id) == from.Exception(e.Id) ? onto.Exception(e.Id) : Exception(e.Id)))
                .Where(e => e.Policy is not null)
                .ToDictionary(e => e.Id, e => e.Policy!),
        };
    }

    /// <summary>What keeps the edit from being published, in words; empty when nothing does.</summary>
    public IReadOnlyList<string> Problems(CoursePack pack)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(Prompt)) problems.Add("The prompt is empty. Write how the tutor of this course should speak and what it should mind.");
        if (Prompt.Length > LongestPrompt) problems.Add($"The prompt has {Prompt.Length:N0} characters; {LongestPrompt:N0} is the most. Shorter prompts are followed better.");
        if (HintsPerDay < 0) problems.Add($"Hints per day: {WholeNumber.Problem(HintsPerDayText, 0, MostHintsPerDay, "")}");
        problems.AddRange(
            from exercise in pack.Exercises
            where exercise.Due is null && Exception(exercise.Id) is { Solution: SolutionTalk.AfterDue }
            select $"{exercise.Title} has no due date, after which its solution could be discussed. Choose another moment, or give it a due date in its file.");
        return problems;
    }

    private static HintPolicy Merge(HintPolicy mine, HintPolicy from, HintPolicy onto) => new()
    {
        HighestLevel = mine.HighestLevel == from.HighestLevel ? onto.HighestLevel : mine.HighestLevel,
        AttemptFirst = mine.AttemptFirst == from.AttemptFirst ? onto.AttemptFirst : mine.AttemptFirst,
        OnLeak = mine.OnLeak == from.OnLeak ? onto.OnLeak : mine.OnLeak,
        Solution = mine.Solution == from.Solution ? onto.Solution : mine.Solution,
    };

    public bool SameAs(CourseEdit other) =>
        (Prompt, Policy, HintsPerDay) == (other.Prompt, other.Policy, other.HintsPerDay)
        && Exceptions.Count == other.Exceptions.Count && Exceptions.All(e => other.Exception(e.Key) == e.Value);

    private HintPolicy? Exception(string exercise) => Exceptions.GetValueOrDefault(exercise);
}
