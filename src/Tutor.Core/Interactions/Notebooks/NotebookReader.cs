using System.Text;
using System.Text.Json;
using Tutor.Core.Courses;

namespace Tutor.Core.Interactions.Notebooks;

/// <summary>Takes the work out of a Jupyter notebook: the sources of code and Markdown cells, nothing else.</summary>
/// <remarks>Outputs, attachments and metadata are dropped unread (nbformat 4; https://nbformat.readthedocs.io). For a program,
/// Markdown cells become comments and so does what only a notebook knows, see <see cref="CellCode"/>.</remarks>
public static class NotebookReader
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 32 };

    /// <param name="upload">Carries the name for messages.</param>
    /// <param name="json">The notebook file.</param>
    public static Upload Read(Upload upload, string json, ExerciseKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(NotebookJson.WithoutNaN(json), Limits);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("cells", out var cells) || cells.ValueKind != JsonValueKind.Array)
            {
                return upload with { Problem = $"\"{upload.FileName}\" has no cells Tutor can read. Open it in a current Jupyter, save it and upload it again." };
            }

            var language = NotebookJson.Language(root);
            if (kind == ExerciseKind.Code && language != "python")
            {
                return upload with { Problem = $"\"{upload.FileName}\" is a notebook for {language}, and this exercise is about Python. Upload your Python notebook, or paste your program into the editor." };
            }

            var code = new CellCode();
            var parts = cells.EnumerateArray().Select(c => Part(c, kind, language, code)).Where(p => p.Length > 0).ToList();
            return parts.Count == 0
                ? upload with { Problem = $"The cells of \"{upload.FileName}\" are empty. Save your notebook first, then upload it again." }
                : upload with { Text = string.Join("\n\n", parts) + "\n", Notice = $"Outputs, pictures and settings of the notebook were left out. {code.Notice}".TrimEnd() };
        }
        // The second: an escaped half of a surrogate pair, which JSON allows and text does not.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return upload with
            {
                Problem = $"\"{upload.FileName}\" is not a notebook Tutor can read: it is damaged, or nested more than {Limits.MaxDepth} levels deep. "
                    + "Open it in Jupyter, clear all outputs, save it and upload it again.",
            };
        }
    }

    private static string Part(JsonElement cell, ExerciseKind kind, string language, CellCode code)
    {
        if (cell.ValueKind != JsonValueKind.Object || !cell.TryGetProperty("cell_type", out var type) || type.ValueKind != JsonValueKind.String) return "";

        var source = Source(cell).TrimEnd();
        if (source.Length == 0) return "";
        return (type.GetString(), kind) switch
        {
            ("code", ExerciseKind.Code) => code.Read(source),
            ("code", _) => $"```{language}\n{source}\n```",
            ("markdown", ExerciseKind.Code) => CellCode.Comment(source),
            ("markdown", _) => source,
            _ => "",
        };
    }

    private static string Source(JsonElement cell)
    {
        if (!cell.TryGetProperty("source", out var source)) return "";
        if (source.ValueKind == JsonValueKind.String) return source.GetString()!;
        if (source.ValueKind != JsonValueKind.Array) return "";

        var text = new StringBuilder();
        foreach (var line in source.EnumerateArray().Where(l => l.ValueKind == JsonValueKind.String)) text.Append(line.GetString());
        return text.ToString();
    }
}
