using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tutor.Data.Engines;

namespace Tutor.Data;

/// <summary>Migrates the database before any other part starts; a SQLite file is first taken for this process alone.</summary>
/// <remarks>
/// The operating system drops the file's lock when the process dies, however it dies. Who holds it knows that every
/// row some earlier process was running is free to be taken up again at once.
/// </remarks>
internal sealed class DatabaseStart(Database database, IOptions<TimeOptions> options, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    // Long enough for a predecessor that is being stopped, short enough to tell the operator of a second one.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);
    private FileStream? held;

    public async Task StartingAsync(CancellationToken cancel)
    {
        if (database.Engine is SqliteEngine sqlite) held = await TakeAsync(sqlite.FilePath, cancel);
        Migrator.Migrate(database);
        await database.Zones.SetInstallationAsync(options.Value.TimeZone is { Length: > 0 } zone ? zone : "UTC", cancel);
    }

    private async Task<FileStream> TakeAsync(string file, CancellationToken cancel)
    {
        var path = file + ".lock";
        var from = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (File.Exists(path))
            {
                if (time.GetElapsedTime(from) > patience)
                    throw new InvalidOperationException(
                        $"Another Tutor uses the database {file}. Stop it first, or give this one its own file (setting Database:Path). "
                        + "Several nodes share a PostgreSQL database (setting Database:Url).", taken);
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancel);
            }
        }
    }

    public Task StoppedAsync(CancellationToken cancel)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => held?.Dispose();

    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
}
