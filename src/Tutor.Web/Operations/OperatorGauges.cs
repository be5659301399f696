using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Tutor.Data;
using Tutor.Data.Operations;
using Tutor.Runtime.Courses;

namespace Tutor.Web.Operations;

/// <summary>What alert rules ask for beside the hints: packs with problems, what waits for people, the last backup, the disk. Read twice a minute, from the start on.</summary>
internal sealed partial class OperatorGauges : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(30);
    private readonly WaitingCounts counts;
    private readonly TimeProvider time;
    private readonly ILogger<OperatorGauges> logger;
    private Waiting waiting = new();
    private IReadOnlyList<string> courses = [];

    public OperatorGauges(
        IMeterFactory factory, WaitingCounts counts, CourseProblems problems, IOptions<DatabaseOptions> database, IHostEnvironment environment, IConfiguration configuration,
        TimeProvider time, ILogger<OperatorGauges> logger)
    {
        (this.counts, this.time, this.logger) = (counts, time, logger);
        var meter = factory.Create("tutor");
        meter.CreateObservableGauge("tutor.course_pack.problems", () => courses.Select(course => new Measurement<int>(problems.Of(course).Count, new KeyValuePair<string, object?>("course", course))),
            null, "Problems in the files of a course; its running version stays while there are any.");
        meter.CreateObservableGauge("tutor.escalations.overdue", () => waiting.Overdue, null, "Questions to TAs that nobody took in time.");
        meter.CreateObservableGauge("tutor.welfare_notices.unread", () => waiting.Unread, null, "Messages of distress that no welfare contact has taken up.");
        var folder = database.Value.IsPostgres ? environment.ContentRootPath : Path.GetDirectoryName(Path.GetFullPath(Path.Combine(environment.ContentRootPath, database.Value.Path)))!;
        meter.CreateObservableGauge("tutor.disk.free.ratio", () => FreeRatio(folder), null, "Free part of the disk that holds the database, from 0 to 1; on PostgreSQL the portal's own disk.");
        if (configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.BackupFolder)}"] is { Length: > 0 } backups)
            meter.CreateObservableGauge("tutor.backup.age", () => (time.GetUtcNow() - Newest(backups)).TotalSeconds, "s", "Since the newest file in the folder of backups was written.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause, time);
        do
        {
            try
            {
                (waiting, courses) = (await counts.ReadAsync(stoppingToken), await counts.CoursesAsync(stoppingToken));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The database is away; its own alarm says so, and the next look comes soon.
                LogNotRead(error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static double FreeRatio(string folder)
    {
        var drive = new DriveInfo(folder);
        return drive.TotalSize == 0 ? 0 : (double)drive.AvailableFreeSpace / drive.TotalSize;
    }

    // A folder without a backup is as old as time itself: that must alarm too.
    private static DateTimeOffset Newest(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Extension != ".part").Select(file => (DateTimeOffset)file.LastWriteTimeUtc).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()
        : DateTimeOffset.UnixEpoch;

    [LoggerMessage(LogLevel.Warning, "What waits for people could not be counted: {Reason}")]
    private partial void LogNotRead(string reason);
}
