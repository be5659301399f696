using Tutor.Inference.Models;

namespace Tutor.UnitTests.Inference.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("tutor-folder-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_file_is_copied_in_checked_and_listed()
    {
        var source = await WriteAsync("a.gguf", "GGUF and more");
        var folder = new ModelFolder(Path.Combine(root, "models"));
        var sha256 = await Checksum.OfFileAsync(source, Cancel);

        await folder.AddAsync(source, sha256.ToUpperInvariant(), reserve: 0, Cancel);
        await File.WriteAllTextAsync(Path.Combine(root, "models", "b.gguf"), "by hand", Cancel);

        Assert.Equal([("a.gguf", sha256, source), ("b.gguf", "", "put there by hand")], folder.List().Select(file => (file.Name, file.Sha256, file.Source)));
    }

    [Fact]
    public async Task What_is_no_model_or_has_another_checksum_is_not_added()
    {
        var folder = new ModelFolder(Path.Combine(root, "models"));
        var text = await WriteAsync("text.gguf", "hello");
        var model = await WriteAsync("model.gguf", "GGUF and more");

        await Assert.ThrowsAsync<ModelDownloadException>(() => folder.AddAsync(text, null, 0, Cancel));
        await Assert.ThrowsAsync<ModelDownloadException>(() => folder.AddAsync(model, new string('0', 64), 0, Cancel));
        await Assert.ThrowsAsync<ModelDownloadException>(() => folder.AddAsync(Path.Combine(root, "none.gguf"), null, 0, Cancel));

        Assert.Empty(folder.List());
    }

    [Fact]
    public void A_folder_that_does_not_exist_has_no_files() => Assert.Empty(new ModelFolder(Path.Combine(root, "none")).List());

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(root, name);
        await File.WriteAllTextAsync(path, text, Cancel);
        return path;
    }
}
