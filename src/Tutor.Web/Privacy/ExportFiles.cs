using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using Tutor.Core.Privacy.Export;

namespace Tutor.Web.Privacy;

/// <summary>Writes an export as files: CSV that no spreadsheet takes for formulas, and JSON lines.</summary>
public static class ExportFiles
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Csv(Stream file, IEnumerable<ExportRow> rows) => Write(file, writer =>
    {
        writer.WriteHeader(
        [
            "student", "exercise", "week", "kind", "level", "writer", "state", "guard_action", "rating", "model", "prompt_version", "cost", "tests_passed", "tests",
            "first_failing_test", "misconception", "question", "work", "answer",
        ]);
        foreach (var row in rows)
            Record(
                writer, row.Student, row.Exercise, row.Week, row.Kind, row.Level, row.Writer, row.State, row.GuardAction, row.Rating, row.Model, row.PromptVersion, row.Cost, row.TestsPassed,
                row.Tests, row.FirstFailingTest, row.Misconception, row.Question, row.Work, row.Answer);
    });

    public static void Counts(Stream file, IEnumerable<ExportCount> counts) => Write(file, writer =>
    {
        writer.WriteHeader(["exercise", "week", "students", "requests"]);
        foreach (var row in counts) Record(writer, row.Exercise, row.Week, row.Students, row.Requests);
    });

    public static void JsonLine(Stream file, ExportRow row)
    {
        JsonSerializer.Serialize(file, row, json);
        file.WriteByte((byte)'\n');
    }

    /// <summary>Reads again what <see cref="JsonLine"/> wrote, row by row.</summary>
    public static IEnumerable<ExportRow> ReadJsonLines(Stream file)
    {
        file.Position = 0;
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } line) yield return JsonSerializer.Deserialize<ExportRow>(line, json)!;
    }

    /// <summary>Text that a spreadsheet shows as it is: an apostrophe before what would begin a formula (OWASP ASVS 5, 1.2.10).</summary>
    public static string Inert(string text) => text.Length > 0 && "=+-@\t\r\n\0＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    /// <summary>A CSV file of what is recorded into the writer.</summary>
    internal static byte[] Write(Action<CsvWriter> rows)
    {
        using var stream = new MemoryStream();
        Write(stream, rows);
        return stream.ToArray();
    }

    private static void Write(Stream file, Action<CsvWriter> rows)
    {
        // The mark at the start tells Excel that accents are UTF-8.
        using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        using var writer = CsvWriter.Create(text, CsvWriterOptions.Default, false);
        rows(writer);
    }

    /// <summary>One line of it, each text made inert.</summary>
    internal static void Record(CsvWriter writer, params object?[] fields)
    {
        foreach (var field in fields) writer.WriteField(field is string text ? Inert(text.Replace("\0", "", StringComparison.Ordinal)) : Convert.ToString(field, CultureInfo.InvariantCulture) ?? "");
        writer.EndRecord();
    }
}
