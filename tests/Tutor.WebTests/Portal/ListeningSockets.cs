using System.Globalization;

namespace Tutor.WebTests.Portal;

/// <summary>The TCP ports a process and its children listen on, as the kernel lists them.</summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";
    private static readonly string[] tables = ["tcp", "tcp6"];

    public static IReadOnlySet<int> Of(int processId)
    {
        var sockets = new HashSet<string>();
        foreach (var id in Tree(processId))
            foreach (var file in Directory.EnumerateFiles($"/proc/{id}/fd"))
                if (new FileInfo(file).LinkTarget is { } target && target.StartsWith("socket:[", StringComparison.Ordinal))
                    sockets.Add(target[8..^1]);
        return tables
            .SelectMany(table => File.ReadLines($"/proc/{processId}/net/{table}").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .Where(columns => columns[3] == Listening && sockets.Contains(columns[9]))
            .Select(columns => int.Parse(columns[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .ToHashSet();
    }

    private static IEnumerable<int> Tree(int processId) => Directory.EnumerateDirectories($"/proc/{processId}/task")
        .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(child => Tree(int.Parse(child, CultureInfo.InvariantCulture))).Prepend(processId);
}
