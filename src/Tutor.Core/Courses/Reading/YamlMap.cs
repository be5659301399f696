using System.Globalization;
using System.Text.RegularExpressions;
using Tutor.Core.Hints;
using Tutor.Core.Times;
using YamlDotNet.RepresentationModel;

namespace Tutor.Core.Courses.Reading;

/// <summary>A value with the line it starts on.</summary>
internal readonly record struct Lined<T>(T Value, int Line);

/// <summary>Typed reading of one YAML mapping. What is missing or of the wrong kind becomes a problem and a default.</summary>
/// <param name="what">What the mapping describes, for messages: "a test".</param>
internal sealed partial class YamlMap(YamlMappingNode node, PackText file, string what)
{
    public PackText File => file;
    public int Line { get; } = (int)node.Start.Line;

    public IReadOnlyList<string> Keys => [.. node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value!)];

    /// <summary>Notes every key that is not among these.</summary>
    public YamlMap Allow(params IReadOnlyCollection<string> known)
    {
        foreach (var key in node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!known.Contains(name)) Problem((int)key.Start.Line, $"{Capital(what)} has no key '{name}'.", DidYouMean.Advise(name, known));
        }

        return this;
    }

    public bool Has(string key) => Find(key) is not null;

    public int LineOf(string key) => Find(key) is { } value ? (int)value.Start.Line : Line;

    public void Problem(int line, string message, string fix) => file.Problem(line, message, fix);

    public string Text(string key)
    {
        var text = TextOr(key, "");
        if (!Has(key)) Missing(key);
        else if (Find(key) is YamlScalarNode && string.IsNullOrWhiteSpace(text)) Problem(LineOf(key), $"'{key}' of {what} is empty.", "Write a value after the colon.");
        return text;
    }

    public string TextOr(string key, string fallback)
    {
        switch (Find(key))
        {
            case null: return fallback;
            case YamlScalarNode scalar: return scalar.Value ?? "";
            case var other:
                Problem((int)other.Start.Line, $"'{key}' of {what} must be text.", "Put quotes around the whole value.");
                return fallback;
        }
    }

    public string? OptionalText(string key) => Has(key) ? Text(key) : null;

    public int Number(string key, int fallback, int least, int most)
    {
        if (!Has(key)) return fallback;
        if (int.TryParse(TextOr(key, ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Problem(LineOf(key), $"'{key}' of {what} must be a whole number from {least} to {most}.", $"Write for example {Math.Clamp(fallback, least, most)}.");
        return fallback;
    }

    public double Decimal(string key, double fallback, double least, double most)
    {
        if (!Has(key)) return fallback;
        if (double.TryParse(TextOr(key, ""), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Problem(LineOf(key), string.Create(CultureInfo.InvariantCulture, $"'{key}' of {what} must be a number from {least} to {most}."), "Use a point for decimals.");
        return fallback;
    }

    public bool Flag(string key, bool fallback)
    {
        if (!Has(key)) return fallback;
        if (bool.TryParse(TextOr(key, ""), out var flag)) return flag;
        Problem(LineOf(key), $"'{key}' of {what} must be true or false.", "Write true or false, without quotes.");
        return fallback;
    }

    /// <param name="time">Whose clocks a time without an offset is read by; null where nobody said.</param>
    /// <returns>Null when the key is missing or, with a problem noted, when its value is no moment.</returns>
    public DateTimeOffset? Moment(string key, CourseTime? time)
    {
        if (!Has(key)) return null;
        var text = TextOr(key, "");
        if (Written().Match(text) is not { Success: true } written || !DateTime.TryParse(written.Groups["shown"].Value, CultureInfo.InvariantCulture, DateTimeStyles.None, out var shown))
            return NoMoment(key, $"'{text}' is no moment in time.", "Write it as 2027-03-01T23:59:00Z, or with an offset such as +01:00 instead of Z.");
        if (written.Groups["offset"].Success)
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment
                : NoMoment(key, $"'{text}' is no moment in time.", "An offset lies between -14:00 and +14:00.");
        // The server's own zone is nobody's: it may change with the machine.
        if (time is null) return NoMoment(key, $"'{text}' does not say in which time zone.", "Add 'timezone: Europe/Berlin' or the like to course.yaml, or an offset such as +01:00 or Z to the time.");
        return time.When(shown) ?? NoMoment(key, $"'{text}' does not exist in {time.Name}: clocks go forward over it.", "Write a time an hour earlier or later.");
    }

    private DateTimeOffset? NoMoment(string key, string message, string fix)
    {
        Problem(LineOf(key), message, fix);
        return null;
    }

    public HintLevel Level(string key, HintLevel fallback)
    {
        if (!Has(key)) return fallback;
        var name = TextOr(key, "");
        if (HintLevels.TryParse(name, out var level)) return level;
        Problem(LineOf(key), $"'{name}' is no level of hints.", DidYouMean.Advise(name, [.. HintLevels.All.Select(HintLevels.NameOf)]));
        return fallback;
    }

    /// <summary>One of an enumeration's names, written in lower case with hyphens ("after-due").</summary>
    /// <param name="named">What a value is, for messages: "an action on a leak".</param>
    public T Choice<T>(string key, T fallback, string named) where T : struct, Enum
    {
        if (!Has(key)) return fallback;
        var name = TextOr(key, "");
        var names = Enum.GetValues<T>().ToDictionary(value => string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}")));
        if (names.TryGetValue(name, out var chosen)) return chosen;
        Problem(LineOf(key), $"'{name}' is not {named}.", DidYouMean.Advise(name, [.. names.Keys]));
        return fallback;
    }

    /// <returns>Null when the key is missing or, with a problem noted, when its value is no mapping.</returns>
    public YamlMap? Map(string key, string named)
    {
        switch (Find(key))
        {
            case null: return null;
            case YamlMappingNode map: return new(map, file, named);
            case var other:
                Problem((int)other.Start.Line, $"'{key}' of {what} must hold keys and values of its own.", $"Write them indented under '{key}:', or as {{ key: value }}.");
                return null;
        }
    }

    /// <summary>The mappings in a list; empty when the key is missing.</summary>
    public IReadOnlyList<YamlMap> Maps(string key, string named)
    {
        var maps = new List<YamlMap>();
        foreach (var item in Items(key))
        {
            if (item is YamlMappingNode map) maps.Add(new(map, file, named));
            else Problem((int)item.Start.Line, $"Each entry of '{key}' must hold keys and values.", $"Write {named} as '- {{ key: value }}' or as indented lines after '-'.");
        }

        return maps;
    }

    /// <summary>The texts in a list; empty when the key is missing.</summary>
    public IReadOnlyList<Lined<string>> Texts(string key)
    {
        var texts = new List<Lined<string>>();
        foreach (var item in Items(key))
        {
            if (item is YamlScalarNode { Value: { Length: > 0 } text }) texts.Add(new(text, (int)item.Start.Line));
            else Problem((int)item.Start.Line, $"Each entry of '{key}' must be text.", "Put quotes around it.");
        }

        return texts;
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        switch (Find(key))
        {
            case null: return [];
            case YamlSequenceNode list: return list.Children;
            case var other:
                Problem((int)other.Start.Line, $"'{key}' of {what} must be a list.", "Start each entry on a line of its own with '- ', or write [a, b].");
                return [];
        }
    }

    public void Missing(string key) => Problem(Line, $"{Capital(what)} lacks '{key}'.", $"Add a line '{key}: ...'.");

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    [GeneratedRegex(@"^(?<shown>\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?)(?<offset>Z|[+-]\d{2}:\d{2})?$", RegexOptions.NonBacktracking)]
    private static partial Regex Written();

    private static string Capital(string text) => text.Contains('.', StringComparison.Ordinal) ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
