using Tutor.Core.Courses;
using Tutor.Core.Hints;

namespace Tutor.Web.Instructor.Prompt;

/// <summary>What an instructor may change in the portal, as the form's fields hold it. The rest of a course is written in its files.</summary>
public sealed class CourseEdit
{
    public const int LongestPrompt = 20_000;
    public const int MostHintsPerDay = 10_000;

    public string Prompt { get; set; } = "";
    public HintLevel HighestLevel { get; set; }
    public bool AttemptFirst { get; set; }
    public int HintsPerDay { get; set; }

    /// <summary>Highest level by exercise; exercises that follow the course are not in it.</summary>
    public Dictionary<string, HintLevel> Exceptions { get; init; } = [];

    public static CourseEdit Of(CoursePack pack) => new()
    {
        Prompt = pack.Prompt.ReplaceLineEndings("\n"),
        HighestLevel = pack.Policy.HighestLevel,
        AttemptFirst = pack.Policy.AttemptFirst,
        HintsPerDay = pack.Quota.HintsPerDay,
        Exceptions = pack.Exercises.Where(e => e.Policy is not null).ToDictionary(e => e.Id, e => e.Policy!.HighestLevel),
    };

    /// <summary>The pack with the edit in it. What was not touched stays exactly as it is, line ends included.</summary>
    public CoursePack ApplyTo(CoursePack pack)
    {
        var policy = pack.Policy with { HighestLevel = HighestLevel, AttemptFirst = AttemptFirst };
        return pack with
        {
            Prompt = Prompt == pack.Prompt.ReplaceLineEndings("\n") ? pack.Prompt : Prompt,
            Policy = policy,
            Quota = pack.Quota with { HintsPerDay = HintsPerDay },
            Exercises = [.. pack.Exercises.Select(e => e with { Policy = Exceptions.TryGetValue(e.Id, out var level) ? (e.Policy ?? policy) with { HighestLevel = level } : null })],
        };
    }

    /// <summary>Carries this edit over to a version a colleague published meanwhile: what was changed here wins, the rest is theirs.</summary>
    public CourseEdit Onto(CoursePack theirs, CoursePack begunFrom)
    {
        var (from, onto) = (Of(begunFrom), Of(theirs));
        return new CourseEdit
        {
            Prompt = Prompt == from.Prompt ? onto.Prompt : Prompt,
            HighestLevel = HighestLevel == from.HighestLevel ? onto.HighestLevel : HighestLevel,
            AttemptFirst = AttemptFirst == from.AttemptFirst ? onto.AttemptFirst : AttemptFirst,
            HintsPerDay = HintsPerDay == from.HintsPerDay ? onto.HintsPerDay : HintsPerDay,
            Exceptions = theirs.Exercises
                .Select(e => (e.Id, Level: Exception(e.Id) == from.Exception(e.Id) ? onto.Exception(e.Id) : Exception(e.Id)))
                .Where(e => e.Level is not null)
                .ToDictionary(e => e.Id, e => e.Level!.Value),
        };
    }

    /// <summary>What keeps the edit from being published, in words; empty when nothing does.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(Prompt)) problems.Add("The prompt is empty. Write how the tutor of this course should speak and what it should mind.");
        if (Prompt.Length > LongestPrompt) problems.Add($"The prompt has {Prompt.Length:N0} characters; {LongestPrompt:N0} is the most. Shorter prompts are followed better.");
        if (HintsPerDay is < 0 or > MostHintsPerDay) problems.Add($"Hints per day must be between 0 and {MostHintsPerDay:N0}.");
        return problems;
    }

    public bool SameAs(CourseEdit other) =>
        (Prompt, HighestLevel, AttemptFirst, HintsPerDay) == (other.Prompt, other.HighestLevel, other.AttemptFirst, other.HintsPerDay)
        && Exceptions.Count == other.Exceptions.Count && Exceptions.All(e => other.Exception(e.Key) == e.Value);

    private HintLevel? Exception(string exercise) => Exceptions.TryGetValue(exercise, out var level) ? level : null;
}
