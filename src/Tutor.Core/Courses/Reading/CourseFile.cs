using Tutor.Core.Hints;
using Tutor.Core.People;
using Tutor.Core.Times;

namespace Tutor.Core.Courses.Reading;

/// <summary>What <c>course.yaml</c> says.</summary>
internal sealed record CourseFile
{
    public string Name { get; init; } = "";
    public string Term { get; init; } = "";
    public string? TimeZone { get; init; }
    public DateTimeOffset? TermEnds { get; init; }
    public int? KeepDays { get; init; }
    public string Description { get; init; } = "";
    public IReadOnlyList<DemoPerson> People { get; init; } = [];
    public HintPolicy Policy { get; init; } = new();
    public Quota Quota { get; init; } = new();
    public ModelSettings Model { get; init; } = new();
    public IReadOnlyList<Lined<string>> Exercises { get; init; } = [];

    /// <param name="installation">The installation's time; null where nobody set one.</param>
    public static CourseFile Read(PackText file, CourseTime? installation)
    {
        if (YamlFile.Read(file, "course.yaml") is not { } map) return new();

        map.Allow("name", "term", "timezone", "term-ends", "keep-days", "description", "people", "policy", "quota", "model", "exercises");
        if (!map.Has("exercises")) map.Missing("exercises");
        var zone = ReadTimeZone(map);
        return new()
        {
            TimeZone = zone,
            Name = map.Text("name").Trim(),
            Term = map.Text("term").Trim(),
            TermEnds = map.Moment("term-ends", zone is null ? installation : CourseTime.Of(zone)),
            KeepDays = map.Has("keep-days") ? map.Number("keep-days", 0, 30, 36_500) : null,
            Description = map.TextOr("description", "").Trim(),
            People = ReadPeople(map),
            Policy = ReadPolicy(map, new()),
            Quota = ReadQuota(map),
            Model = ReadModel(map),
            Exercises = ReadExercises(map),
        };
    }

    /// <param name="inherited">What holds where a key is not set.</param>
    public static HintPolicy ReadPolicy(YamlMap parent, HintPolicy inherited)
    {
        if (parent.Map("policy", "the policy") is not { } map) return inherited;

        map.Allow("highest-level", "attempt-first", "on-leak", "solution");
        return new()
        {
            HighestLevel = map.Level("highest-level", inherited.HighestLevel),
            AttemptFirst = map.Flag("attempt-first", inherited.AttemptFirst),
            OnLeak = map.Choice("on-leak", inherited.OnLeak, "an action on a leak"),
            Solution = map.Choice("solution", inherited.Solution, "a time to discuss the solution"),
        };
    }

    private static List<DemoPerson> ReadPeople(YamlMap parent)
    {
        string[] roles = [Role.Student, Role.Ta, Role.Instructor, Role.Welfare];
        var seen = new HashSet<string>();
        var people = new List<DemoPerson>();
        foreach (var map in parent.Maps("people", "a person"))
        {
            map.Allow("id", "name", "role");
            var person = new DemoPerson(PackId.Read(map, seen, "a person"), map.Text("name"), map.Text("role"));
            if (person.Role.Length > 0 && !roles.Contains(person.Role)) map.Problem(map.LineOf("role"), $"'{person.Role}' is no role.", DidYouMean.Advise(person.Role, roles));
            people.Add(person);
        }

        return people;
    }

    private static string? ReadTimeZone(YamlMap map)
    {
        if (!map.Has("timezone")) return null;
        var name = map.Text("timezone");
        if (name.Length == 0 || TimeZones.Find(name) is not null) return name.Length == 0 ? null : name;
        map.Problem(map.LineOf("timezone"), $"'{name}' is no time zone.", TimeZones.Advise(name));
        return null;
    }

    private static Quota ReadQuota(YamlMap parent)
    {
        if (parent.Map("quota", "the quota") is not { } map) return new();

        map.Allow("hints-per-day");
        return new() { HintsPerDay = map.Number("hints-per-day", new Quota().HintsPerDay, 0, 10_000) };
    }

    private static ModelSettings ReadModel(YamlMap parent)
    {
        var usual = new ModelSettings();
        if (parent.Map("model", "the model") is not { } map) return usual;

        map.Allow("name", "temperature", "max-output-tokens", "max-prompt-tokens");
        return new()
        {
            Name = map.TextOr("name", usual.Name),
            Temperature = (float)map.Decimal("temperature", usual.Temperature, 0, 2),
            MaxOutputTokens = map.Number("max-output-tokens", usual.MaxOutputTokens, 50, 16_000),
            MaxPromptTokens = map.Number("max-prompt-tokens", usual.MaxPromptTokens, 500, 1_000_000),
        };
    }

    private static List<Lined<string>> ReadExercises(YamlMap map)
    {
        var seen = new HashSet<string>();
        var listed = map.Texts("exercises");
        foreach (var (id, line) in listed) PackId.Check(id, seen, "an exercise", (message, fix) => map.Problem(line, message, fix));
        if (map.Has("exercises") && listed.Count == 0) map.Problem(map.LineOf("exercises"), "The course has no exercises.", "List at least one folder of exercises/.");
        return [.. listed.Where(e => PackId.IsGood(e.Value)).DistinctBy(e => e.Value)];
    }
}
