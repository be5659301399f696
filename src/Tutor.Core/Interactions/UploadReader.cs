using System.Globalization;
using System.Text;
using Tutor.Core.Courses;
using Tutor.Core.Interactions.Notebooks;

namespace Tutor.Core.Interactions;

/// <summary>Reads an uploaded <c>.py</c>, <c>.ipynb</c>, <c>.txt</c> or <c>.md</c> file into text for the editor.</summary>
public static class UploadReader
{
    /// <summary>Largest file read, in bytes.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads at most <see cref="MaxFileBytes"/> of <paramref name="content"/>, whatever length it claims to have.</summary>
    public static async Task<Upload> ReadAsync(string fileName, Stream content, ExerciseKind kind, CancellationToken cancel)
    {
        var bytes = new byte[MaxFileBytes + 1];
        var length = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return Read(fileName, bytes.AsSpan(0, length), kind);
    }

    public static Upload Read(string fileName, ReadOnlySpan<byte> bytes, ExerciseKind kind)
    {
        // Browsers differ in what they send; a name is shown and never opened.
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var upload = new Upload { FileName = name };
        var type = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        if (type is not ("py" or "ipynb" or "txt" or "md"))
        {
            return upload with { Problem = $"\"{name}\" is not a file Tutor reads. Upload a .py, .ipynb, .txt or .md file, or paste your work into the editor." };
        }

        if (bytes.Length > MaxFileBytes) return upload with { Problem = TooLarge(name, type) };
        if (BinaryFormat.Recognise(bytes) is { } binary) return upload with { Problem = $"\"{name}\" is {binary.What}, not plain text. {binary.Advice}" };
        if (!TryDecode(bytes, out var text))
        {
            return upload with { Problem = $"\"{name}\" is not UTF-8 text. Save it again with the encoding UTF-8, or paste your work into the editor." };
        }

        upload = type == "ipynb" ? NotebookReader.Read(upload, text, kind) : upload with { Text = text };
        if (kind == ExerciseKind.Code && type == "py" && text.Contains("get_ipython()", StringComparison.Ordinal))
        {
            var code = new CellCode();
            upload = upload with { Text = code.ReadConverted(text), Notice = code.Notice };
        }

        if (upload.Problem is null && string.IsNullOrWhiteSpace(upload.Text))
        {
            return upload with { Text = "", Problem = $"\"{name}\" is empty. Save your work first, then upload it again; what stands in the editor was not touched." };
        }

        if (upload.Problem is null && upload.Text.Length > SubmissionLimits.Work)
        {
            return upload with
            {
                Text = "",
                Problem = string.Create(CultureInfo.InvariantCulture, $"The work in \"{name}\" has {upload.Text.Length:N0} characters; Tutor reads up to {SubmissionLimits.Work:N0}. Upload only the part you have a question about."),
            };
        }

        return upload;
    }

    private static string TooLarge(string name, string type) => type == "ipynb"
        ? $"\"{name}\" is larger than 1 MiB. Remove the outputs (in Jupyter: Edit > Clear Outputs of All Cells), save it and upload it again."
        : $"\"{name}\" is larger than 1 MiB. Upload only the part you have a question about, or paste it into the editor.";

    private static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            text = StrictUtf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
