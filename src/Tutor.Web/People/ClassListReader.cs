using System.Collections.Frozen;
using CsvHelper;
using Tutor.Core.People;

namespace Tutor.Web.People;

/// <summary>A class list as it was read: its rows, or what is wrong with its lines.</summary>
public sealed record ClassList(IReadOnlyList<ClassListRow> Rows, IReadOnlyList<ClassListProblem> Problems);

/// <summary>Reads a class list as spreadsheets and learning platforms write it: any common separator, columns in any order under their usual names.</summary>
public static class ClassListReader
{
    public const int MaxBytes = 2 * 1024 * 1024;
    public const int MaxPeople = 10_000;
    private const int LongestLogin = 200;
    private const int LongestSection = 60;

    // In the order of preference: a list of Canvas has both a login and an address.
    private static readonly string[] loginNames = ["login", "loginid", "sisloginid", "username", "userprincipalname", "upn", "user", "userid", "netid", "email", "emailaddress", "mail"];
    private static readonly string[] nameNames = ["name", "fullname", "displayname", "student", "studentname", "sortablename"];
    private static readonly string[] firstNames = ["firstname", "givenname", "forename"];
    private static readonly string[] lastNames = ["lastname", "surname", "familyname"];
    private static readonly string[] roleNames = ["role", "roles", "courserole", "type"];
    private static readonly string[] sectionNames = ["section", "sections", "group", "groups", "tutorial", "lab"];

    private static readonly FrozenDictionary<string, string> roles = new Dictionary<string, string>
    {
        ["student"] = Role.Student, ["learner"] = Role.Student, ["participant"] = Role.Student,
        ["ta"] = Role.Ta, ["teachingassistant"] = Role.Ta, ["assistant"] = Role.Ta, ["tutor"] = Role.Ta, ["noneditingteacher"] = Role.Ta,
        ["instructor"] = Role.Instructor, ["teacher"] = Role.Instructor, ["lecturer"] = Role.Instructor, ["professor"] = Role.Instructor, ["editingteacher"] = Role.Instructor,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ClassList Read(string text)
    {
        try
        {
            return ReadLines(text);
        }
        catch (CsvFormatException error)
        {
            return new([], [new((int)error.LineNumber, "From here on the list is no table: a quotation mark is open or a line has no end. Save it as CSV again from your spreadsheet.")]);
        }
    }

    private static ClassList ReadLines(string text)
    {
        using var csv = CsvReader.FromText(text, new CsvReaderOptions
        {
            TrackLineNumbers = true, TrimWhitespace = true, TrimInsideQuotes = true, IncludeValuesInExceptions = false, MaxRecordSize = 64 * 1024,
            // One bad quote shall spoil its own line, not the rest of the list.
            AllowLineBreaksInQuotes = false, Separator = Separator(text),
        });
        csv.ReadHeader();
        var headers = csv.Headers.Select(header => Letters(header)).ToList();
        int Column(string[] names) => names.Select(name => headers.IndexOf(name)).Where(i => i >= 0).DefaultIfEmpty(-1).First();
        var (login, name, first, last) = (Column(loginNames), Column(nameNames), Column(firstNames), Column(lastNames));
        var (role, section) = (Column(roleNames), Column(sectionNames));
        if (HeaderProblem(login, name, last, text) is { } problem)
            return new([], [new(1, problem)]);

        var rows = new List<ClassListRow>();
        var problems = new List<ClassListProblem>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (csv.Read())
        {
            string Field(int column) => column < 0 ? "" : Plain(csv.GetString(column));
            var fullName = name >= 0 ? Field(name) : $"{Field(first)} {Field(last)}".Trim();
            var row = new ClassListRow(
                (int)csv.LineNumber, Field(login).ToLowerInvariant(), fullName, Field(role) is { Length: > 0 } word ? word : null, section < 0 ? null : Field(section));
            if (row is { Login.Length: 0, Name.Length: 0 })
                continue;
            if (RowProblem(row, lines) is { } wrong)
                problems.Add(new(row.Line, wrong));
            else
                rows.Add(row with { Role = row.Role is null ? null : roles[Letters(row.Role)] });
            lines.TryAdd(row.Login, row.Line);
        }
        if (rows.Count == 0 && problems.Count == 0)
            problems.Add(new(1, "There is nobody in this list: write each person on a line of their own under the line that names the columns."));
        if (rows.Count > MaxPeople)
            problems.Add(new(0, $"The list has {rows.Count:N0} people; a course takes up to {MaxPeople:N0}. Split it into several courses."));
        return new(rows, problems);
    }

    // The line that names the columns decides: names and sections may hold any of these.
    private static char? Separator(string text)
    {
        var header = text.AsSpan().TrimStart('\uFEFF');
        header = header[..(header.IndexOfAny('\r', '\n') is var end and >= 0 ? end : header.Length)];
        if (header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            return null;
        var best = ',';
        foreach (var candidate in (ReadOnlySpan<char>)[';', '\t', '|'])
            if (header.Count(candidate) > header.Count(best))
                best = candidate;
        return best;
    }

    private static string? HeaderProblem(int login, int name, int last, string text)
    {
        if (login >= 0 && (name >= 0 || last >= 0)) return null;
        var found = text.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? $"It reads \"{(line.Length > 80 ? line[..80] + "…" : line)}\"." : "It is empty.";
        var missing = login < 0 ? "a column \"login\" or \"email\": what people sign in with" : "a column \"name\", or \"first name\" and \"last name\"";
        return $"The first line must name the columns, and {missing} is not among them. {found} Add the name above its column and check again.";
    }

    private static string? RowProblem(ClassListRow row, Dictionary<string, int> lines) =>
        row.Login.Length == 0 ? $"{row.Name} has no login. Write what they sign in with, usually their university address, or delete the line."
        : row.Login.Length > LongestLogin || row.Login.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? "The login contains spaces or is very long. It must be one sign-in name; check that the columns are in the order the first line says."
        : row.Name.Length == 0 ? $"{row.Login} has no name. Write it, or delete the line."
        : row.Name.Length > LongestLogin || row.Name.Any(char.IsControl) ? "The name is very long or contains control characters. Check that the columns are in the order the first line says."
        : lines.TryGetValue(row.Login, out var earlier) ? $"{row.Login} is on line {earlier} already. Keep one of the two lines."
        : row.Role is not null && !roles.ContainsKey(Letters(row.Role)) ? $"\"{Short(row.Role)}\" is no role. Write student, TA or instructor, or leave it empty for a student."
        : row.Section?.Length > LongestSection || row.Section?.Any(char.IsControl) == true ? $"The section is longer than {LongestSection} characters. Shorten it to the name that students know."
        : null;

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // Our own downloads put an apostrophe before what a spreadsheet would take for a formula; it is not part of the text.
    private static string Plain(string field) => field.Trim() is ['\'', '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] inert ? inert[1..] : field.Trim();

    private static string Short(string text) => text.Length > 30 ? text[..30] + "…" : text;
}
