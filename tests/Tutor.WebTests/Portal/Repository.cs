namespace Tutor.WebTests.Portal;

/// <summary>Where the repository and the shared data are on this machine.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Folder of the shared data sets, or null where they are absent.</summary>
    public static string? SharedData { get; } = FindSharedData();

    /// <summary>The portal in the same configuration as this program, as built in its own folder, where its static web assets are.</summary>
    public static string PortalAssembly { get; } = PortalBuild(Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!));

    /// <param name="configuration">Debug or Release.</param>
    public static string PortalBuild(string configuration) => Path.Combine(
        Root, "src", "Tutor.Web", "bin", configuration, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Tutor.Web.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tutor.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Tutor.sln was not found above the test's folder.");
    }

    private static string? FindSharedData()
    {
        var shared = Environment.GetEnvironmentVariable("TUTOR_SHARED") ?? Path.Combine(Root, "..", "shared");
        var data = Path.Combine(shared, "data");
        return Directory.Exists(data) ? Path.GetFullPath(data) : null;
    }
}
