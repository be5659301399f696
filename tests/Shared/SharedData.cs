namespace Tutor.Tests.Shared;

/// <summary>The public data sets that some tests measure with; they lie beside the repository and are not part of it.</summary>
internal static class SharedData
{
    /// <summary>Folder of the data sets; null where there is none.</summary>
    public static string? Folder { get; } = Find();

    public static string Missing => "The data sets are not here. Put them at ../shared/data beside the repository, or set TUTOR_SHARED to the folder that holds data/.";

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Folder ?? throw new InvalidOperationException(Missing), file));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TUTOR_SHARED") is { Length: > 0 } set) return Existing(Path.Combine(set, "data"));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Tutor.sln"))) return Existing(Path.Combine(folder.FullName, "..", "shared", "data"));
        return null;
    }

    private static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;
}
