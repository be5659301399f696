using Tutor.Core.Privacy;
using Tutor.Core.Privacy.Export;

namespace Tutor.Web.Privacy;

/// <summary>An export ready to be looked at: its rows in a file without a name, and what a person has to see before it leaves.</summary>
public sealed class PreparedExport : IDisposable
{
    private readonly FileStream rows = Nameless();

    private PreparedExport(ExportPlan plan) => Plan = plan;

    public ExportPlan Plan { get; }
    public int Rows { get; private set; }
    public int Replaced { get; private set; }
    public IReadOnlyList<RareWord> RareWords { get; private set; } = [];

    /// <summary>Names of the roster that are still there.</summary>
    public IReadOnlyList<string> Remaining { get; private set; } = [];
    public bool MayLeave => Remaining.Count == 0;

    /// <summary>Reads, cleans and keeps one row after the other; only one page of texts is in memory at a time.</summary>
    /// <param name="progress">How many rows are done, now and then.</param>
    public static async Task<PreparedExport> MakeAsync(
        ExportPlan plan, ExportCleaner cleaner, IAsyncEnumerable<(PlannedRow Planned, ExportSourceRow Row)> source, IProgress<int> progress, CancellationToken cancel)
    {
        var export = new PreparedExport(plan);
        try
        {
            await foreach (var (planned, row) in source.WithCancellation(cancel))
            {
                ExportFiles.JsonLine(export.rows, cleaner.Clean(planned, row));
                if (++export.Rows % 50 == 0) progress.Report(export.Rows);
                cancel.ThrowIfCancellationRequested();
            }
            (export.Replaced, export.RareWords, export.Remaining) = (cleaner.Replaced, cleaner.RareWords, cleaner.Remaining);
            return export;
        }
        catch
        {
            export.Dispose();
            throw;
        }
    }

    /// <summary>A file to hand out, at its beginning.</summary>
    public Stream Csv() => File(file => ExportFiles.Csv(file, ExportFiles.ReadJsonLines(rows)));

    /// <inheritdoc cref="Csv"/>
    public Stream Counts() => File(file => ExportFiles.Counts(file, Plan.Counts));

    /// <inheritdoc cref="Csv"/>
    public Stream JsonLines() => File(file =>
    {
        rows.Position = 0;
        rows.CopyTo(file);
    });

    public void Dispose() => rows.Dispose();

    private static FileStream File(Action<Stream> write)
    {
        var file = Nameless();
        write(file);
        file.Position = 0;
        return file;
    }

    // Gone with the process however it ends: its name is taken away while it is open, so that no text of a student is left behind.
    private static FileStream Nameless()
    {
        var path = Path.Combine(Path.GetTempPath(), $"tutor-export-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows()) System.IO.File.Delete(path);
        return file;
    }
}
