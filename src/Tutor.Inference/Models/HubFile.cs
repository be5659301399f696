namespace Tutor.Inference.Models;

/// <summary>A file of a repository on a model hub.</summary>
/// <param name="Repository">Owner and name, such as <c>Qwen/Qwen3-8B-GGUF</c>.</param>
/// <param name="Path">Path inside the repository.</param>
/// <param name="Revision">Branch, tag or commit.</param>
public sealed record HubFile(string Repository, string Path, string Revision = "main")
{
    /// <summary>Name of the file itself.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <param name="text"><c>owner/name/path/to/file.gguf</c>.</param>
    /// <exception cref="ModelDownloadException">It is not of this form.</exception>
    public static HubFile Parse(string text, string revision = "main")
    {
        var parts = text.Split('/');
        if (parts.Length < 3 || parts.Any(part => part.Length == 0 || part is "." or ".."))
            throw new ModelDownloadException($"\"{text}\" is not a file of a repository. Write <owner>/<repository>/<file>, for example owner/model-GGUF/model-Q4_K_M.gguf.");
        return new($"{parts[0]}/{parts[1]}", string.Join('/', parts[2..]), revision);
    }

    public override string ToString() => $"{Repository}/{Path}@{Revision}";
}
