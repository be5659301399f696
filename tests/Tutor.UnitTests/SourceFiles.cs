namespace Tutor.UnitTests;

/// <summary>The repository's own files, for tests of what must not be in them.</summary>
internal static class SourceFiles
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tutor.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Tutor.sln was not found above the test's folder.");
    }
}
