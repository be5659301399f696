using System.Collections.Frozen;
using CsvHelper;
using Tutor.Core.People;

namespace Tutor.Web.People;

/// <summary>A class list as it was read: its rows, or what is wrong with its lines.</summary>
/// <param name="PassedOver">Lines that name nobody of the class, with what they are instead.</param>
public sealed record ClassList(IReadOnlyList<ClassListRow> Rows, IReadOnlyList<ClassListProblem> Problems, IReadOnlyList<ClassListProblem> PassedOver);

/// <summary>Reads a class list as spreadsheets and learning platforms write it: any common separator, columns in any order under their usual names.</summary>
public static class ClassListReader
{
    public const int MaxBytes = 2 * 1024 * 1024;
    public const int MaxPeople = 10_000;
    private const int LongestSection = 60;

    // Lines below the names of the columns, or at the end, that gradebooks write for the whole class.
    private static readonly FrozenSet<string> totals = FrozenSet.ToFrozenSet(
        ["pointspossible", "possiblepoints", "maxpoints", "maximumpoints", "outof", "overallaverage", "average", "classaverage", "mean", "median", "total", "möglichepunkte", "punktemöglich", "pointspossibles", "puntosposibles"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> left = FrozenSet.ToFrozenSet(
        ["suspended", "inactive", "notcurrent", "deleted", "dropped", "withdrawn", "rejected", "completed", "concluded"], StringComparer.Ordinal);

    public static ClassList Read(string text)
    {
        try
        {
            if (ReadLines(text, lineBreaks: true) is { } list)
                return list;
        }
        catch (CsvFormatException)
        {
            // As below.
        }
        try
        {
            // A quotation mark that nothing closes, or only another stray one: it shall spoil its own line, not those after it.
            return ReadLines(text, lineBreaks: false)!;
        }
        catch (CsvFormatException error)
        {
            return new([], [new((int)error.LineNumber, "From here on the list is no table: a quotation mark is open or a line has no end. Save it as CSV again from your spreadsheet.")], []);
        }
    }

    /// <returns>Null where a cell of several lines seems to hold people.</returns>
    private static ClassList? ReadLines(string text, bool lineBreaks)
    {
        using var csv = CsvReader.FromText(text, new CsvReaderOptions
        {
            TrackLineNumbers = true, TrimWhitespace = true, TrimInsideQuotes = true, IncludeValuesInExceptions = false, MaxRecordSize = 64 * 1024,
            AllowLineBreaksInQuotes = lineBreaks, Separator = Separator(text),
        });
        csv.ReadHeader();
        var columns = ClassListColumns.Of(csv.Headers);
        if (HeaderProblem(columns, text) is { } problem)
            return new([], [new(1, problem)], []);

        var rows = new List<ClassListRow>();
        var problems = new List<ClassListProblem>();
        var passed = new List<ClassListProblem>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            var fields = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToList();
            string Field(int column) => column < 0 || column >= fields.Count ? "" : Plain(fields[column]);
            if (lineBreaks && HoldsPeople(fields, columns, csv.Headers.Count))
                return null;
            var given = Login(Field(columns.Login));
            var whole = columns is { First: >= 0, Last: >= 0 } && $"{Field(columns.First)} {Field(columns.Last)}".Trim() is { Length: > 0 } parts ? parts : Field(columns.Name >= 0 ? columns.Name : columns.Last);
            if (given.Length == 0 && whole.Length == 0)
                continue;
            if (given.Length == 0 && totals.Contains(ClassListColumns.Letters(whole)))
            {
                passed.Add(new(line, $"\"{Short(whole)}\" is no person."));
                continue;
            }
            var role = ClassListRoles.Read(Field(columns.Role));
            if (role.Onlooker || left.Contains(ClassListColumns.Letters(Field(columns.Status))))
            {
                passed.Add(new(line, $"{Short(whole)}: {Short(role.Onlooker ? Field(columns.Role) : Field(columns.Status))} has no place in a course here."));
                continue;
            }
            var row = new ClassListRow(line, SignInName.Of(given) ?? "", PersonName.Of(whole) ?? "", role.Role, columns.Section < 0 ? null : Field(columns.Section));
            if (RowProblem(row, given, whole, role, lines) is { } wrong)
                problems.Add(new(line, wrong));
            else
                rows.Add(row);
            if (row.Login.Length > 0)
                lines.TryAdd(row.Login, line);
        }
        if (rows.Count == 0 && problems.Count == 0)
            problems.Add(new(1, "There is nobody in this list: write each person on a line of their own under the line that names the columns."));
        if (rows.Count > MaxPeople)
            problems.Add(new(0, $"The list has {rows.Count:N0} people; a course takes up to {MaxPeople:N0}. Split it into several courses."));
        return new(rows, problems, passed);
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

    private static string? HeaderProblem(ClassListColumns columns, string text)
    {
        if (columns.Login >= 0 && (columns.Name >= 0 || columns.Last >= 0)) return null;
        var found = text.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? $"It reads \"{(line.Length > 80 ? line[..80] + "…" : line)}\"." : "It is empty.";
        var missing = columns.Login < 0 ? "a column \"login\" or \"email\": what people sign in with" : "a column \"name\", or \"first name\" and \"last name\"";
        return $"The first line must name the columns, and {missing} is not among them. {found} Add the name above its column and check again.";
    }

    // A line break inside a cell is fine where nobody asked for the cell. But two stray quotation marks make such a cell too, out of the
    // people between them, and who is lost that way is missed by nobody.
    private static bool HoldsPeople(List<string> fields, ClassListColumns columns, int count)
    {
        bool IsRow(string line) => line.Split([',', ';', '\t', '|']) is var cells && cells.Length == count && SignInName.Of(cells[columns.Login]) is not null;
        bool IsAsked(int column) => column == columns.Login || column == columns.Name || column == columns.First || column == columns.Last;
        return fields.Index().Any(field => field.Item.AsSpan().ContainsAny('\r', '\n') && (IsAsked(field.Index) || field.Item.Split('\n').Skip(1).Any(IsRow)));
    }

    private static string? RowProblem(ClassListRow row, string given, string whole, ClassListRoles.Cell role, Dictionary<string, int> lines) =>
        given.Length == 0 ? $"{Short(whole)} has no login. Write what they sign in with, usually their university address, or delete the line."
        : row.Login.Length == 0 ? "The login contains spaces or is very long. It must be one sign-in name; check that the columns are in the order the first line says."
        : SignInName.SpreadsheetFault(row.Login) is { } fault ? $"\"{Short(given)}\" {fault}"
        : row.Name.Length == 0 ? $"{row.Login} has no name. Write it, or delete the line."
        : whole.Length > PersonName.Longest ? "The name is very long. Check that the columns are in the order the first line says."
        : lines.TryGetValue(row.Login, out var earlier) ? $"{row.Login} is on line {earlier} already. Keep one of the two lines."
        : role.Unknown is not null ? $"\"{Short(role.Unknown)}\" is no role. Write student, TA or instructor, or leave it empty for a student."
        : row.Section?.Length > LongestSection || row.Section?.Any(char.IsControl) == true ? $"The section is longer than {LongestSection} characters. Shorten it to the name that students know."
        : null;

    // Our own downloads put an apostrophe before what a spreadsheet would take for a formula; it is not part of the text.
    private static string Plain(string field) => field.Trim() is ['\'', '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] inert ? inert[1..] : field.Trim();

    // Brightspace writes "#sam" so that a spreadsheet leaves the name alone.
    private static string Login(string field) => SignInName.SpreadsheetFault(field.ToLowerInvariant()) is null ? field.TrimStart('#') : field;

    private static string Short(string text) => text.Length > 30 ? text[..30] + "…" : text;
}
